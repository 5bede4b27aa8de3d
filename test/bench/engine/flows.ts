import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../lib/run';
import { baseFlow } from './base-flow';
import { Flow } from './flow';
import { cancelHeavyFlow, deepFlow, swingsFlow, wideFlow } from './further-flows';
import type { Totals } from './totals';

export const FLOW_NAMES = [
  's1m',
  's3m',
  'm100k',
  'm1m',
  'm3m',
  'cancel-heavy',
  'swings',
  'deep',
  'wide',
] as const;
export type FlowName = (typeof FLOW_NAMES)[number];

interface Definition {
  make: () => Uint8Array;
  /** Of the file. */
  sha256: string;
  totals: Totals;
}

const totals = (
  trades: number,
  tradedQuantity: number,
  [bidQuantity, bids]: [number, number],
  [askQuantity, asks]: [number, number],
  tradesHash: number,
  bookHash: number,
): Totals => ({
  trades,
  tradedQuantity,
  bidQuantity,
  bids,
  askQuantity,
  asks,
  tradesHash,
  bookHash,
});

const base = (seed: number, symbols: number, prefill: number, measured: number) => (): Uint8Array =>
  baseFlow({ seed, symbols, prefill, measured });

/** How each flow is made, and what it must give: the same as in docs/engine-workload.md. */
const DEFINITIONS: Record<FlowName, Definition> = {
  s1m: {
    make: base(1, 1, 8000, 1_000_000),
    sha256: 'a8f7a16259807b3679d54b97f69c66fc1be2c84cbac9f64ec71f6052757ffa79',
    totals: totals(382_022, 20_954_532, [212_790, 4240], [211_751, 4221], 3300229494, 896185082),
  },
  s3m: {
    make: base(2, 1, 8000, 3_000_000),
    sha256: 'b468744295f5900f9ebf4b29a264af42f2ae002768a7331f3af248ebdad8476d',
    totals: totals(1_148_920, 63_328_734, [208_322, 4146], [200_088, 4048], 2121329530, 2295218756),
  },
  m100k: {
    make: base(5, 100, 100_000, 1_000_000),
    sha256: 'f36cc194c2ceb01571b9f33c2f84b12f96ef5934da08a3b19e70d7b94d2fc9eb',
    totals: totals(
      376_073,
      19_721_521,
      [2_749_237, 54_504],
      [2_800_121, 55_474],
      457696713,
      881597594,
    ),
  },
  m1m: {
    make: base(3, 100, 1_000_000, 1_000_000),
    sha256: 'f943f30bb4a1a887ab45cfb2b0cca31efe9077452a3f63b6ea3fa9623a094d55',
    totals: totals(
      397_489,
      16_346_850,
      [25_904_003, 512_935],
      [24_652_662, 487_930],
      3082666642,
      2690258751,
    ),
  },
  m3m: {
    make: base(4, 100, 1_000_000, 3_000_000),
    sha256: '009bb5c4f0d9c040936870d41b51fcf3c429619713dbaea760b144995d8d32fc',
    totals: totals(
      1_177_071,
      53_162_802,
      [23_992_139, 474_487],
      [26_719_328, 529_665],
      2463318078,
      2729502040,
    ),
  },
  'cancel-heavy': {
    make: cancelHeavyFlow,
    sha256: '345603d9bac3986b82b35d00c998b352fcbb42248d73a64dd14ed67e9ccfbbde',
    totals: totals(31_951, 738_299, [195_552, 3881], [200_034, 3882], 581047568, 1082429933),
  },
  swings: {
    make: swingsFlow,
    sha256: '40c5abfa4d76a3228111d3ece8e34f79ce4ed70534d29fd76fd4bdba022fe347',
    totals: totals(390_998, 17_778_606, [199_535, 3908], [212_152, 4142], 3593763238, 3217173560),
  },
  deep: {
    make: deepFlow,
    sha256: '7c5c1d712172d88dd67b2c7ccb4c77310881e0d568874f0555edded01f38fa0b',
    totals: totals(30_704, 779_615, [986_252, 19_560], [0, 0], 2224888253, 1132608272),
  },
  wide: {
    make: wideFlow,
    sha256: '376954bb28f85d2376258ffa7b16acf5717f651673efc6092d624ccdcd566b35',
    totals: totals(247_966, 7_556_263, [215_331, 4262], [210_394, 4166], 4185526698, 2600273733),
  },
};

export function isFlowName(name: string): name is FlowName {
  return (FLOW_NAMES as readonly string[]).includes(name);
}

export function expectedTotals(name: FlowName): Totals {
  return DEFINITIONS[name].totals;
}

/**
 * The flow from its file, which is made first where it does not exist.
 * @throws Error if the bytes are not those that the flow is known to have.
 */
export function loadFlow(name: FlowName): Flow {
  const { make, sha256 } = DEFINITIONS[name];
  const path = join(ROOT, '.tmp', 'bench', 'flows', `${name}.bin`);
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, make());
    renameSync(unfinished, path);
  }
  // A buffer of its own, because views of 32-bit numbers must begin at a multiple of four.
  const bytes = new Uint8Array(readFileSync(path));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${path} has the SHA-256 ${found}: delete it`);
  return new Flow(name, bytes);
}
