import { callSafely } from './report-error';

/** Functions that want to know: each as often as it was added, and none disturbed by another one's error. */
export class Listeners<Arguments extends unknown[]> {
  private readonly entries = new Set<{ call: (...values: Arguments) => void }>();

  /** @returns a function that takes it out again. */
  add(call: (...values: Arguments) => void): () => void {
    const entry = { call };
    this.entries.add(entry);
    return () => {
      this.entries.delete(entry);
    };
  }

  tell(...values: Arguments): void {
    for (const entry of Array.from(this.entries)) {
      if (this.entries.has(entry)) callSafely(() => entry.call(...values));
    }
  }
}
