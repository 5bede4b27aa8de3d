import { print } from '../lib/run';
import { table } from '../lib/statistics';

/** Collects what the report has to say about correctness and goals. */
export class Verdicts {
  private readonly faults = new Set<string>();
  private readonly goals: string[][] = [];

  fault(...faults: string[]): void {
    for (const fault of faults) this.faults.add(fault);
  }

  /** A figure that must be at least so much. */
  atLeast(what: string, value: number, goal: number, aim?: number): void {
    this.add(what, value, value >= goal, `>= ${goal}${aim === undefined ? '' : `, aim ${aim}`}`);
  }

  /** A figure that must be at most so much. */
  atMost(what: string, value: number, goal: number): void {
    this.add(what, value, value <= goal, `<= ${goal}`);
  }

  /** Prints goals, then faults. @returns whether everything was correct. */
  print(): boolean {
    if (this.goals.length > 0) {
      print('\nGoals\n');
      print(table(['', 'measured', 'goal', ''], this.goals));
    }
    if (this.faults.size === 0) {
      print('\nAll totals and hashes are as they must be.');
      return true;
    }
    print(`\nWRONG RESULTS\n\n${[...this.faults].map((fault) => `- ${fault}`).join('\n')}`);
    return false;
  }

  private add(what: string, value: number, met: boolean, goal: string): void {
    this.goals.push([what, value.toPrecision(3), goal, met ? 'met' : 'NOT MET']);
  }
}

/** Nanoseconds a command as millions of commands a second. */
export const millions = (ns: number): string => (1000 / ns).toFixed(2);
export const bytes = (value: number): string => value.toFixed(1);
