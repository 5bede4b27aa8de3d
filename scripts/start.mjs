// npm start: installs and builds what is missing, then runs api and matcher in this very process.
import { ensureBuilt } from './lib/build-tree.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `TradeFlow Engine needs Node 20.19 or newer; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}
ensureDependencies();
ensureBuilt();
await import('../dist/src/main.js');
