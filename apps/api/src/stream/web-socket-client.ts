import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Frame } from './frame';
import { StreamClient } from './stream-client';

/** How long a client may take to answer a close. */
const CLOSE_PATIENCE_MS = 3000;

/** A WebSocket client. Messages are not compressed, so their bytes are the same for all: they go to the socket as they are. */
export class WebSocketClient extends StreamClient {
  /** Whether it has answered since the last ping. */
  private alive = true;

  /** @param onDrain called when nothing waits any more. */
  constructor(
    private readonly webSocket: WebSocket,
    private readonly socket: Socket,
    onDrain: () => void,
  ) {
    super();
    socket.setNoDelay(true);
    socket.on('drain', () => {
      this.released();
      onDrain();
    });
    webSocket.on('close', () => this.released());
    webSocket.on('pong', () => {
      this.alive = true;
    });
    // What is wrong with a message or a connection ends it with its code; there is nothing else to do.
    webSocket.on('error', () => undefined);
  }

  get bufferedBytes(): number {
    return this.socket.writableLength;
  }

  get isOpen(): boolean {
    return this.webSocket.readyState === WebSocket.OPEN;
  }

  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.webSocket.close(code, reason);
    // A client that does not read does not answer either.
    setTimeout(() => this.webSocket.terminate(), CLOSE_PATIENCE_MS).unref();
    this.released();
  }

  /** Pings it; one that has not answered the ping before is gone. */
  ping(): void {
    if (!this.alive) {
      this.webSocket.terminate();
      return;
    }
    this.alive = false;
    if (this.isOpen) this.webSocket.ping();
  }

  protected write(frame: Frame): void {
    this.socket.write(frame.webSocketMessage());
  }
}
