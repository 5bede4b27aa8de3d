/** A finding, or several: what is wrong with the thing checked, as opposed to an error of the check itself. */
export class Findings extends Error {
  constructor(lines) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** @param lines none when all is well. */
export function throwFindings(lines) {
  if (lines.length > 0) throw new Findings(lines);
}

const SHOWN_LINES = 50;

function print(...lines) {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Prints one line for each check, its findings below it, and counts. */
export class Report {
  #passed = 0;
  #failed = 0;

  /**
   * @param action resolves to the check's result. A result's `summary` is printed beside the name.
   * @param needs results of earlier checks: where one is missing, this check can not be done and has failed.
   * @returns the result, or null when the check failed.
   */
  async check(name, action, needs = []) {
    const start = performance.now();
    try {
      if (needs.includes(null))
        throw new Findings(['not done, since a check that it builds on failed']);
      const result = (await action()) ?? {};
      this.#passed += 1;
      this.#print('ok  ', name, result.summary, start);
      return result;
    } catch (error) {
      this.#failed += 1;
      this.#print('FAIL', name, undefined, start);
      const lines =
        error instanceof Findings ? error.lines : String(error.stack ?? error).split('\n');
      print(...lines.slice(0, SHOWN_LINES).map((line) => `       ${line}`));
      if (lines.length > SHOWN_LINES) print(`       and ${lines.length - SHOWN_LINES} more lines`);
      return null;
    }
  }

  #print(result, name, summary, start) {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    print(`${result} ${name}${summary ? `: ${summary}` : ''} (${seconds} s)`);
  }

  /** @returns the exit status. */
  finish() {
    print(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed > 0 ? 1 : 0;
  }
}
