// npm run test:arch: checks the direction of imports, and that the check itself can fail.
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { forbidden, options } = createRequire(import.meta.url)('./rules.cjs');

/** Each breaks one rule on purpose: a rule that does not notice protects nothing. */
const CANARIES = [
  ['libs/contracts/src/canary.ts', "import '@app/platform';", 'contracts-imports-downwards'],
  ['libs/platform/src/canary.ts', "import '@app/persistence';", 'platform-imports-downwards'],
  ['libs/persistence/src/canary.ts', "import '@app/messaging';", 'persistence-imports-downwards'],
  [
    'libs/messaging/src/canary.ts',
    "import '../../../apps/api/src/api.module';",
    'messaging-imports-downwards',
  ],
  ['libs/caching/src/canary.ts', "import '@app/messaging';", 'caching-imports-downwards'],
  ['libs/client/src/canary.ts', "import '@app/contracts';", 'client-imports-downwards'],
  ['apps/web/src/canary.ts', "import '@app/contracts';", 'the-page-knows-the-client-alone'],
  [
    'apps/simulator/src/canary.ts',
    "import '@app/platform';",
    'the-simulator-knows-the-client-alone',
  ],
  ['apps/api/src/canary.ts', "import '../../matcher/src/matcher.module';", 'apps-stand-apart'],
  ['apps/matcher/src/canary.ts', "import '../../../src/app.module';", 'apps-stand-apart'],
  ['apps/api/src/canary.ts', "import '../../../libs/platform/src/logger';", 'one-door-a-room'],
  ['libs/platform/src/canary.ts', "import './index';", 'no-own-door'],
  ['apps/matcher/src/canary.ts', "import 'kafkajs';", 'kafkajs-in-one-room'],
  ['src/canary.ts', "import './canary';", 'no-cycles'],
];

const findings = await violations();
for (const { rule, from, to } of findings) report(`${rule.name}: ${from} -> ${to}`);
let blind = 0;
for (const [file, source, rule] of CANARIES) {
  writeFileSync(file, `${source}\n`);
  try {
    const noticed = await violations();
    if (noticed.some((each) => each.rule.name === rule && each.from === file)) continue;
    blind += 1;
    report(`canary not noticed: ${rule} did not see ${source} in ${file}`);
  } finally {
    rmSync(file);
  }
}
report(
  `${findings.length} violations; ${CANARIES.length - blind} of ${CANARIES.length} canaries noticed`,
);
process.exitCode = findings.length + blind > 0 ? 1 : 0;

async function violations() {
  const tsConfig = extractTSConfig('tsconfig.json');
  const { output } = await cruise(
    ['src', 'apps', 'libs'],
    { ...options, ruleSet: { forbidden }, validate: true },
    undefined,
    {
      tsConfig,
    },
  );
  return output.summary.violations;
}

function report(line) {
  process.stdout.write(`${line}\n`);
}
