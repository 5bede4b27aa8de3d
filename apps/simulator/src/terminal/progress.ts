import { type Moment, type ProgressFacts, progressLine } from './progress-line';

const TERMINAL_EVERY_MS = 500;
const LOG_EVERY_MS = 5000;
/** Rates are of about so many looks. */
const LOOKS = 10;

/** Shows how it goes: one line that is redrawn on a terminal, a line every few seconds where there is none. */
export class Progress {
  private readonly moments: Moment[] = [{ seconds: 0, orders: 0, trades: 0 }];
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly look: () => { facts: ProgressFacts; moment: Moment },
  ) {
    const everyMs = stream.isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS;
    this.timer = setInterval(() => this.show(), everyMs);
  }

  /** Leaves the last line where it is. */
  end(): void {
    clearInterval(this.timer);
    if (this.stream.isTTY) this.stream.write('\n');
  }

  private show(): void {
    const { facts, moment } = this.look();
    const [before = moment] = this.moments;
    this.moments.push(moment);
    if (this.moments.length > LOOKS) this.moments.shift();
    const line = progressLine(facts, before, moment);
    if (!this.stream.isTTY) {
      this.stream.write(`${line}\n`);
      return;
    }
    // A line that is wider than the terminal could not be redrawn.
    this.stream.write(`\r\u001b[2K${line.slice(0, this.stream.columns - 1)}`);
  }
}
