import { join } from 'node:path';
import ts from 'typescript';
import { applied, editsOf, type Mutant, type Sources } from './mutant';

/**
 * Type-checks the files that mutants change: one that does not compile would be noticed for the wrong reason.
 * @returns a line for each fault that is not about logic alone.
 */
export function typeFaults(mutants: readonly Mutant[], sources: Sources, engine: string): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const { host, setSources } = hostOf(options, engine);
  const roots = [...sources.keys()].map((file) => join(engine, file));
  let program: ts.Program | undefined;
  const faults: string[] = [];
  for (const mutant of mutants) {
    setSources(applied(mutant, sources));
    program = ts.createProgram(roots, options, host, program);
    for (const file of new Set(editsOf(mutant).map((edit) => join(engine, `${edit.file}.ts`)))) {
      const source = program.getSourceFile(file);
      const found = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      for (const { messageText } of found) {
        faults.push(`${mutant.name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
      }
    }
  }
  return faults;
}

/** A compiler's files: those of the engine from memory, kept from program to program while their text stays. */
function hostOf(
  options: ts.CompilerOptions,
  engine: string,
): { host: ts.CompilerHost; setSources: (sources: Sources) => void } {
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  const parsed = new Map<string, ts.SourceFile | undefined>();
  let sources: Sources = new Map();
  const textOf = (path: string): string | undefined =>
    path.startsWith(join(engine, '/')) ? sources.get(path.slice(engine.length + 1)) : undefined;
  host.getSourceFile = (path, language) => {
    const text = textOf(path);
    const key = text === undefined ? path : `${path}\n${text}`;
    if (!parsed.has(key)) {
      const file =
        text === undefined ? fromDisk(path, language) : ts.createSourceFile(path, text, language);
      parsed.set(key, file);
    }
    return parsed.get(key);
  };
  return {
    host,
    setSources: (now) => {
      sources = now;
    },
  };
}
