import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { print } from './run';
import { table, tenth } from './statistics';

interface CpuProfile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  samples: number[];
  timeDeltas: number[];
}

/** Framework packages are summed up under one name each. */
const AREAS: readonly (readonly [RegExp, string])[] = [
  [
    /^(express|router|body-parser|raw-body|send|serve-static|qs|type-is|mime-types|content-type|on-finished|finalhandler|bytes|vary|depd|debug|path-to-regexp|statuses|http-errors|encodeurl|parseurl|negotiator|accepts|fresh|etag|cookie|proxy-addr|iconv-lite)$/,
    'express, body-parser',
  ],
  [/^@nestjs\//, 'nest'],
  [/^(class-validator|validator|class-transformer)$/, 'class-validator'],
  [
    /^(mysql2|sqlstring|sql-escaper|lru\.min|long|denque|generate-function|named-placeholders)$/,
    'mysql2',
  ],
  [
    /^(pino|sonic-boom|quick-format-unescaped|safe-stable-stringify|@pinojs\/redact|fast-redact|pino-std-serializers)$/,
    'pino',
  ],
  [/^(@redis\/|cache-manager|keyv)/, 'redis'],
];

function areaOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string {
  if (functionName === '(idle)') return '(idle)';
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (url === '') return functionName === '(program)' ? '(program: native)' : 'node: builtins';
  if (url.startsWith('node:')) return 'node';
  const name = url.split('/node_modules/').at(-1)!;
  if (name === url) return `ours: ${/(?:apps|libs)\/[^/]+/.exec(url)?.[0] ?? 'other'}`;
  const found = /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[0] ?? name;
  return AREAS.find(([pattern]) => pattern.test(found))?.[1] ?? found;
}

/** Prints where a process spent its time: by area, and the functions that took the most of it. */
export function printProfiles(directory: string, pid: number): void {
  const file = readdirSync(directory).find((name) => name.split('.')[3] === String(pid));
  if (file === undefined) throw new Error(`no CPU profile of process ${pid}`);
  const profile = JSON.parse(readFileSync(join(directory, file), 'utf8')) as CpuProfile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const areas = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    const frame = nodes.get(id)!;
    const microseconds = profile.timeDeltas[index]!;
    const area = areaOf(frame);
    add(areas, area, microseconds);
    if (area === '(idle)') continue;
    busy += microseconds;
    const place = frame.url.split('/').slice(-2).join('/');
    add(
      functions,
      `${frame.functionName || '(anonymous)'}  ${place}:${frame.lineNumber + 1}`,
      microseconds,
    );
  }
  print(`\nSelf time of process ${pid}, ${tenth(busy / 1e6)} s busy\n`);
  print(table(['area', 'ms', '% of busy'], ranked(areas, busy, 30)));
  print('');
  print(table(['function', 'ms', '% of busy'], ranked(functions, busy, 40)));
  print(
    `\nThe profile, for a viewer: ${join('.tmp', 'bench', directory.split('/').at(-1)!, file)}`,
  );
}

function add(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

function ranked(sums: Map<string, number>, busy: number, limit: number): string[][] {
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([name, value]) => [
      name,
      tenth(value / 1000),
      name === '(idle)' ? '' : tenth((100 * value) / busy),
    ]);
}
