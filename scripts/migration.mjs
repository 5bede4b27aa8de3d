// npm run migration:*: runs the migration command of the persistence room on a fresh build.
import { ensureBuilt } from './lib/build-tree.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';

ensureDependencies();
ensureBuilt();
await import('../dist/libs/persistence/src/migration-cli.js');
