// npm run build: compiles src, apps and libs to dist/.
import { buildTree } from './lib/build-tree.mjs';

buildTree();
