import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One change of a source file: `find` must stand in it exactly once. */
export interface Edit {
  /** In libs/matching/src, without its `.ts`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A fault put into the engine on purpose, which the correctness suite must notice. */
export interface Mutant extends Edit {
  /** What the faulty engine does, as a sentence about it: `trades at the taker’s price`. */
  readonly name: string;
  /** For a fault that takes more than one change. */
  readonly also?: readonly Edit[];
  /** Where it is looked for first, which saves time if quicker tests do not notice it. */
  readonly lookAt?: Part;
}

/** Some of the tests in test/matching. */
export interface Part {
  /** A spec file, without its `.spec.ts`. */
  readonly spec: string;
  /** Words in the names of the tests, as Jest’s `-t` takes them. */
  readonly tests: string;
}

/** File names without their directory, and what is in them. */
export type Sources = ReadonlyMap<string, string>;

/** All source files of a directory but its specs. */
export function readSources(directory: string): Sources {
  const files = readdirSync(directory).filter((file) => !file.endsWith('.spec.ts'));
  return new Map(files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
}

export function editsOf(mutant: Mutant): readonly Edit[] {
  return [mutant, ...(mutant.also ?? [])];
}

/** @returns the sources with the fault in them. @throws Error when an edit does not fit them any more. */
export function applied(mutant: Mutant, sources: Sources): Sources {
  const faulty = new Map(sources);
  for (const { file, find, replace } of editsOf(mutant)) {
    const name = `${file}.ts`;
    const [before, after, ...more] = faulty.get(name)?.split(find) ?? [];
    if (before === undefined) throw new Error(`mutant no longer applies: there is no ${name}`);
    if (after === undefined || more.length > 0 || find === replace) {
      const times = more.length + (after === undefined ? 0 : 1);
      throw new Error(`mutant no longer applies: ${times} times in ${name}:\n${find}`);
    }
    faulty.set(name, before + replace + after);
  }
  return faulty;
}
