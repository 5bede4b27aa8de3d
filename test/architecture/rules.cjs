// Which room may import which. Imports point downwards only.
const ROOMS = {
  contracts: [],
  platform: ['contracts'],
  persistence: ['contracts', 'platform'],
  messaging: ['contracts', 'platform', 'persistence'],
  caching: ['contracts', 'platform', 'persistence'],
  matching: [],
  client: [],
};

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-imports-downwards`,
  severity: 'error',
  comment: `libs/${room} may import ${allowed.join(', ') || 'no other room'}.`,
  from: { path: `^libs/${room}/`, pathNot: '\\.spec\\.ts$' },
  to: {
    path: '^(libs|apps|src|test)/',
    pathNot: [room, ...allowed].map((name) => `^libs/${name}/`),
  },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'apps-stand-apart',
      severity: 'error',
      comment: 'An app never imports another; what both need lives in libs.',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^(apps|src)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-page-knows-the-client-alone',
      severity: 'error',
      comment:
        'The page runs in browsers: of the libs it imports the client, which imports nothing of ours.',
      from: { path: '^apps/web/' },
      to: { path: '^libs/', pathNot: '^libs/client/' },
    },
    {
      name: 'the-simulator-knows-the-client-alone',
      severity: 'error',
      comment:
        'Simulated traders are clients like any other: they see what the api tells, and no more.',
      from: { path: '^apps/simulator/' },
      to: { path: '^libs/', pathNot: '^libs/client/' },
    },
    {
      name: 'only-the-matcher-matches',
      severity: 'error',
      comment: 'The engine is driven by the matcher alone.',
      from: { path: '^(libs|apps|src)/', pathNot: '^(apps/matcher|libs/matching)/' },
      to: { path: '^libs/matching/' },
    },
    {
      name: 'the-engine-imports-nothing',
      severity: 'error',
      comment: 'libs/matching is pure: no package, no Node module.',
      from: { path: '^libs/matching/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypesNot: ['local', 'undetermined'], pathNot: '^libs/matching/' },
    },
    {
      name: 'one-door-a-room',
      severity: 'error',
      comment: 'From outside a room only its index is imported.',
      from: { path: '^(?:libs/([^/]+)|apps|src)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    },
    {
      name: 'no-own-door',
      severity: 'error',
      comment: 'Inside a room the file is imported, never the door.',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'kafkajs-in-one-room',
      severity: 'error',
      comment: 'kafkajs may have to be replaced: only messaging knows it.',
      from: { path: '^(libs|apps|src)/', pathNot: '^libs/messaging/' },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: { path: '^(libs|apps|src)/' },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
