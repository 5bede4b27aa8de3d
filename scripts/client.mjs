// npm run client:generate: writes the client's REST types from the OpenAPI document of the built api.
// npm run client:check:    fails when they are not what the document gives.
// npm run client:build:    makes the publishable package in dist/packages/client.
// The api is started for it, unless `--url http://…` names one that runs.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build-tree.mjs';
import { buildPackage, PACKAGE_DIRECTORY } from './lib/client-package.mjs';
import { SCHEMA_FILE, schemaOf } from './lib/client-schema.mjs';
import { runHybrid } from './lib/run-hybrid.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' } },
});
const COMMANDS = { generate, check, build };
const command = COMMANDS[positionals[0]];
if (command === undefined) {
  process.stderr.write(`client.mjs ${Object.keys(COMMANDS).join('|')} [--url http://…]\n`);
  process.exit(2);
}
await command();

async function generate() {
  writeFileSync(SCHEMA_FILE, await currentSchema());
}

async function check() {
  if ((await currentSchema()) === readFileSync(SCHEMA_FILE, 'utf8')) return;
  process.stderr.write(`${SCHEMA_FILE} is not what the api says: npm run client:generate\n`);
  process.exitCode = 1;
}

function build() {
  buildPackage();
  process.stderr.write(`${PACKAGE_DIRECTORY} is ready\n`);
}

function currentSchema() {
  if (values.url !== undefined) return schemaOf(values.url);
  ensureBuilt();
  return runHybrid(schemaOf);
}
