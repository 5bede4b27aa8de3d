import { EffectKind, REASONS, type Effect } from '@app/matching';

const KIND_NAMES = Object.keys(EffectKind) as (keyof typeof EffectKind)[];

/** Counts what a stream of commands has reached: effects by kind, and the reasons in them. */
export class Coverage {
  /** `Trade`, `Rejected HALTED`, `Cancelled USER`, … and how often. */
  readonly counts = new Map<string, number>();
  commands = 0;

  add(effects: readonly Effect[]): void {
    this.commands += 1;
    for (const effect of effects) {
      this.count(KIND_NAMES[effect.kind]!);
      if ('reason' in effect) this.count(`${KIND_NAMES[effect.kind]} ${REASONS[effect.reason]}`);
    }
  }

  addAll(other: Coverage): void {
    this.commands += other.commands;
    for (const [name, times] of other.counts) {
      this.counts.set(name, (this.counts.get(name) ?? 0) + times);
    }
  }

  /** Lines `   1234  Cancelled USER`, by name. */
  table(): string {
    const names = [...this.counts.keys()].sort();
    return names.map((name) => `${String(this.counts.get(name)).padStart(9)}  ${name}`).join('\n');
  }

  private count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}
