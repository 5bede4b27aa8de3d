import { STREAM_CLOSE_CODES } from '@app/contracts';
import type { Frame } from './frame';

/** Of what waits for a client: above it books and the like are left out, until it has caught up. */
const CONFLATED_ABOVE_BYTES = 128 * 1024;
/** Above it the client is given up: what may not be left out would pile up. */
const GIVEN_UP_ABOVE_BYTES = 4 * 1024 * 1024;

/** One connection, whatever its transport. What waits in it is bounded. */
export abstract class StreamClient {
  private waiting: (() => void)[] = [];

  /** Bytes that were sent but that the system has not taken yet. */
  abstract get bufferedBytes(): number;
  abstract get isOpen(): boolean;
  /** @param code one of `STREAM_CLOSE_CODES`. */
  abstract close(code: number, reason: string): void;
  protected abstract write(frame: Frame): void;

  /** Whether it should get no more of what it can get later in another form. */
  get isBehind(): boolean {
    return this.bufferedBytes > CONFLATED_ABOVE_BYTES;
  }

  send(frame: Frame): void {
    if (!this.isOpen) return;
    if (this.bufferedBytes > GIVEN_UP_ABOVE_BYTES) {
      this.close(STREAM_CLOSE_CODES.SLOW_CONSUMER, 'the client reads too slowly');
      return;
    }
    this.write(frame);
  }

  /** Resolves when it is not behind, or not open any more. */
  caughtUp(): Promise<void> {
    if (!this.isBehind || !this.isOpen) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** For transports: nothing waits any more, or the connection has ended. */
  protected released(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
