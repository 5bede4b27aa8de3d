import type { ServerResponse } from 'node:http';
import { Frame } from './frame';
import { StreamClient } from './stream-client';

/** A client of server-sent events: the answer of a request that does not end. */
export class EventStreamClient extends StreamClient {
  /** @param onDrain called when nothing waits any more. */
  constructor(
    private readonly response: ServerResponse,
    onDrain: () => void,
  ) {
    super();
    response.on('drain', () => {
      this.released();
      onDrain();
    });
    response.on('close', () => this.released());
    response.on('error', () => undefined);
  }

  begin(): void {
    this.response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // Proxies that gather answers would hold the events back.
      'X-Accel-Buffering': 'no',
    });
    this.response.flushHeaders();
  }

  get bufferedBytes(): number {
    return this.response.writableLength;
  }

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** The last event says why; the client's next request resumes. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.response.end(new Frame({ type: 'close', code, reason }).serverSentEvent());
    this.released();
  }

  /** A comment: it shows that the connection stands. */
  ping(): void {
    if (this.isOpen && this.bufferedBytes === 0) this.response.write(': ping\n\n');
  }

  protected write(frame: Frame): void {
    this.response.write(frame.serverSentEvent());
  }
}
