// The handlers are what every WebSocket has: `ws`, browsers, and what a test puts in their place.
/* oxlint-disable unicorn/prefer-add-event-listener */
import { Backoff } from './backoff';
import type { StreamRequest } from './messages';
import { Pulse } from './pulse';
import { reportError } from './report-error';
import type { StreamStatus, WebSocketConstructor, WebSocketLike } from './stream';

const BACKOFF = { firstMs: 250, longestMs: 10_000, heldMs: 5000 };
/** An attempt that has not come through by then is given up. */
const OPEN_TIMEOUT_MS = 10_000;
/** How long a server that has no place is left alone at least. */
const NO_PLACE_PAUSE_MS = 1000;

/** RFC 6455 §7.4. */
const NORMAL_CLOSURE = 1000;
const ABNORMAL_CLOSURE = 1006;
export const TRY_AGAIN_LATER = 1013;

export interface ConnectionEvents {
  opened(): void;
  received(data: unknown): void;
  /** @param code why (RFC 6455 §7.4, and the server's own from 4000 on). */
  lost(code: number): void;
  changed(status: StreamStatus): void;
}

/** Browsers have it on `window`; Node has not. */
interface EventSourceLike {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

/** One WebSocket, and when it is lost the next one, until it is closed. */
export class Connection {
  private socket: WebSocketLike | null = null;
  private isOpen = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private current: StreamStatus = 'idle';
  private readonly backoff = new Backoff(BACKOFF);
  private readonly pulse = new Pulse({
    ping: () => this.send({ op: 'ping' }),
    dead: () => this.drop(),
  });
  private readonly wake = () => this.online();

  constructor(
    private readonly url: string,
    private readonly given: WebSocketConstructor | undefined,
    private readonly events: ConnectionEvents,
  ) {}

  get status(): StreamStatus {
    return this.current;
  }

  /** Opens it, unless it was. @throws Error where there is no WebSocket, or the address is none. */
  open(): void {
    if (this.current !== 'idle') return;
    this.connect();
    (globalThis as EventSourceLike).addEventListener?.('online', this.wake);
    this.become('connecting');
  }

  /** @returns false where there is no open connection. */
  send(request: StreamRequest): boolean {
    if (!this.isOpen || this.socket === null) return false;
    this.socket.send(JSON.stringify(request));
    return true;
  }

  /** Gives the present connection up, without waiting for the other side, and opens the next. */
  drop(): void {
    const { socket } = this;
    if (socket === null) return;
    this.lose(ABNORMAL_CLOSURE);
    abandon(socket);
  }

  close(): void {
    if (this.current === 'closed') return;
    const { socket } = this;
    this.letGo();
    socket?.close(NORMAL_CLOSURE);
    (globalThis as EventSourceLike).removeEventListener?.('online', this.wake);
    this.become('closed');
  }

  private connect(): void {
    const socket = new (this.given ?? platformWebSocket())(this.url);
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = ({ data }: { data: unknown }) => {
      this.pulse.heard();
      this.events.received(data);
    };
    socket.onclose = ({ code }: { code?: number }) => this.lose(code ?? ABNORMAL_CLOSURE);
    // A close follows, with all that there is to know.
    socket.onerror = ignore;
    this.wait(OPEN_TIMEOUT_MS, () => this.drop());
  }

  private opened(): void {
    this.clearTimer();
    this.isOpen = true;
    this.backoff.succeeded();
    this.pulse.start();
    this.events.opened();
    this.become('open');
  }

  private lose(code: number): void {
    this.letGo();
    const pauseMs = this.backoff.failed();
    const leastMs = code === TRY_AGAIN_LATER ? NO_PLACE_PAUSE_MS : 0;
    this.wait(Math.max(pauseMs, leastMs), () => this.tryAgain());
    this.events.lost(code);
    this.become('reconnecting');
  }

  private tryAgain(): void {
    try {
      this.connect();
    } catch (error) {
      reportError(error);
      this.lose(ABNORMAL_CLOSURE);
    }
  }

  /** The network is back: no reason to wait any longer, nor to trust a connection from before. */
  private online(): void {
    if (this.isOpen) this.pulse.ask();
    else if (this.socket === null) this.tryAgain();
  }

  /** Nothing comes from the socket any more, whatever it does. */
  private letGo(): void {
    this.clearTimer();
    this.pulse.stop();
    const { socket } = this;
    this.socket = null;
    this.isOpen = false;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    // The package `ws` throws an error that nobody listens to.
    socket.onerror = ignore;
  }

  private become(status: StreamStatus): void {
    if (this.current === status || this.current === 'closed') return;
    this.current = status;
    this.events.changed(status);
  }

  private wait(ms: number, then: () => void): void {
    this.clearTimer();
    this.timer = setTimeout(then, ms);
  }

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

/** Ends a socket whose other side does not answer: where it can be cut it is, instead of waiting for a farewell. */
function abandon(socket: WebSocketLike & { terminate?(): void }): void {
  if (typeof socket.terminate === 'function') socket.terminate();
  else socket.close();
}

function platformWebSocket(): WebSocketConstructor {
  const { WebSocket } = globalThis as { WebSocket?: WebSocketConstructor };
  if (WebSocket === undefined) {
    throw new Error(
      "there is no WebSocket on this platform: give the client one (Node 20: import { WebSocket } from 'ws')",
    );
  }
  return WebSocket;
}

function ignore(): void {}
