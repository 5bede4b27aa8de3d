// npm run demo: installs and builds what is missing, then runs the hybrid with a simulated market on data of its own.
import { ensureBuilt } from './lib/build-tree.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';

ensureDependencies();
ensureBuilt();
await import('../dist/apps/simulator/src/main.js');
