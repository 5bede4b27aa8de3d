import { describeError, Log } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** What has something to send. A round sends all that there is; each step is so many messages. */
export interface Sender {
  round(): Iterable<number>;
}

/** Messages that are sent before others get their turn. */
const MESSAGES_A_TURN = 256;
/** A round that took so long is followed by a rest just as long, in which the next changes gather. */
const LONG_ROUND_MS = 2;
const LONGEST_REST_MS = 100;

/**
 * Sends what channels have to send, one round after the other. While a round is under way the next changes gather, and
 * leave as one: an idle system adds no wait, a busy one sends fewer and longer messages, and never takes more than about
 * half of the processor's time.
 */
@Injectable()
export class FanOut {
  private dirty = new Set<Sender>();
  private running = false;

  constructor(private readonly log: Log) {}

  get isIdle(): boolean {
    return !this.running;
  }

  mark(sender: Sender): void {
    this.dirty.add(sender);
    if (this.running) return;
    this.running = true;
    setImmediate(() => void this.run());
  }

  private async run(): Promise<void> {
    while (this.dirty.size > 0) {
      const senders = this.dirty;
      this.dirty = new Set();
      const beganMs = performance.now();
      let sent = 0;
      for (const sender of senders) {
        try {
          for (const messages of sender.round()) {
            sent += messages;
            if (sent < MESSAGES_A_TURN) continue;
            sent = 0;
            await turn();
          }
        } catch (error) {
          this.log.error('a channel could not be sent', describeError(error));
        }
      }
      const tookMs = performance.now() - beganMs;
      if (tookMs > LONG_ROUND_MS) await rest(Math.min(tookMs, LONGEST_REST_MS));
      else await turn();
    }
    this.running = false;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
