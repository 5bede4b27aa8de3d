import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export type MigrationStore = 'mysql' | 'sqlite';

interface SqlQuery {
  query: string;
}

const ROOT = join('libs', 'persistence', 'src', 'migrations');

/**
 * Writes a migration and the list of its folder.
 * @param name kebab-case.
 * @returns the file's path.
 */
export function writeMigration(
  store: MigrationStore,
  timestamp: number,
  name: string,
  up: readonly SqlQuery[],
  down: readonly SqlQuery[],
  write: (file: string, text: string) => void,
): string {
  const folder = join(ROOT, store);
  const file = join(folder, `${timestamp}-${name}.ts`);
  write(file, migrationSource(classNameOf(`${timestamp}-${name}`), up, down));
  const files = new Set([...readdirSync(folder), `${timestamp}-${name}.ts`]);
  write(join(folder, 'index.ts'), indexSource(store, [...files]));
  return file;
}

function migrationSource(
  className: string,
  up: readonly SqlQuery[],
  down: readonly SqlQuery[],
): string {
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${className} implements MigrationInterface {
  name = '${className}';

  async up(queryRunner: QueryRunner): Promise<void> {
${statements(up)}
  }

  async down(queryRunner: QueryRunner): Promise<void> {
${statements(down.toReversed())}
  }
}
`;
}

function statements(queries: readonly SqlQuery[]): string {
  return queries
    .map(({ query }) => `    await queryRunner.query(${JSON.stringify(query)});`)
    .join('\n');
}

function indexSource(store: MigrationStore, files: string[]): string {
  const modules = files
    .filter((file) => /^\d+-.*\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const imports = modules.map((module) => `import { ${classNameOf(module)} } from './${module}';`);
  const list = modules.map(classNameOf).join(', ');
  return [
    '// Written by `npm run migration:generate`: every migration of this folder, oldest first.',
    ...imports,
    '',
    `export const ${store.toUpperCase()}_MIGRATIONS = [${list}];`,
    '',
  ].join('\n');
}

/** `1700000000000-initial-schema` becomes `InitialSchema1700000000000`. */
function classNameOf(module: string): string {
  const [timestamp, ...words] = module.split('-');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') + timestamp;
}
