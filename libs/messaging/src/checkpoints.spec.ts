import { loadConfig } from '@app/platform';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../persistence/src/data-source';
import { migrate } from '../../persistence/src/migrate';
import { SqliteTransactions } from '../../persistence/src/sqlite-transactions';
import { Checkpoints, type Claim, FencedError } from './checkpoints';

const GROUP = 'matching-engine';
const TOPIC = 'order.events';
const ANY = { low: 0, high: 1000 };

describe('Checkpoints', () => {
  const store = { kind: 'sqlite' as const, directory: mkdtempSync(join(tmpdir(), 'checkpoints-')) };
  let transactions: SqliteTransactions;
  let checkpoints: Checkpoints;
  let partition = 0;

  beforeAll(async () => {
    await migrate(store);
    const dataSource = await new DataSource(dataSourceOptions(store)).initialize();
    transactions = new SqliteTransactions(dataSource, dataSource);
    checkpoints = new Checkpoints(loadConfig({}, 'matcher', false), transactions);
  });
  beforeEach(() => {
    partition += 1;
  });
  afterAll(async () => {
    await transactions.onApplicationShutdown();
    rmSync(store.directory, { recursive: true, force: true });
  });

  /** What a transport does with a partition that it was given. */
  async function claim(available = ANY, of = partition): Promise<Claim & { moved: boolean }> {
    const taken = await checkpoints.claim(GROUP, TOPIC, of, available.low);
    const moved = await checkpoints.bringWithin(taken, available);
    return { ...taken, moved };
  }

  /** What a transport does with a batch: moves the checkpoint, then counts on having done so. */
  async function advance(of: Claim, nextOffset: number): Promise<void> {
    await transactions.run((tx) => checkpoints.advance(tx, of, nextOffset), 1000);
    of.nextOffset = nextOffset;
  }

  it('begin a partition where its log begins', async () => {
    const first = await claim({ low: 5, high: 9 });
    expect(first).toMatchObject({
      group: GROUP,
      topic: TOPIC,
      partition,
      nextOffset: 5,
      moved: false,
    });
  });

  it('go on where the last commit left off', async () => {
    const first = await claim();
    await advance(first, 3);
    await advance(first, 8);
    const second = await claim();
    expect(second).toMatchObject({ nextOffset: 8, moved: false });
    expect(second.epoch).toBe(first.epoch + 1);
  });

  it('keep partitions apart', async () => {
    const mine = await claim();
    const other = await claim(ANY, partition + 1000);
    await advance(mine, 4);
    await advance(other, 2);
    expect(await claim(ANY, partition + 1000)).toMatchObject({ nextOffset: 2, epoch: 2 });
  });

  it('refuse an older claim once somebody else has claimed', async () => {
    const older = await claim();
    await advance(older, 3);
    const newer = await claim();
    await expect(advance(older, 5)).rejects.toThrow(FencedError);
    await advance(newer, 4);
    await expect(advance(older, 5)).rejects.toThrow(FencedError);
    expect(await claim()).toMatchObject({ nextOffset: 4 });
  });

  it('refuse to commit a batch a second time under the same claim', async () => {
    const mine = await claim();
    const again = { ...mine };
    await advance(mine, 3);
    await expect(advance(again, 3)).rejects.toThrow(FencedError);
    await expect(advance({ ...mine, nextOffset: 2 }, 4)).rejects.toThrow(FencedError);
    expect(await claim()).toMatchObject({ nextOffset: 3 });
  });

  it('move together with the effects, or not at all', async () => {
    const mine = await claim();
    const failing = transactions.run(async (tx) => {
      await checkpoints.advance(tx, mine, 3);
      throw new Error('the effects failed');
    }, 1000);
    await expect(failing).rejects.toThrow('the effects failed');
    await advance(mine, 2);
    expect(await claim()).toMatchObject({ nextOffset: 2 });
  });

  it.each([
    ['behind what the log still holds', { low: 50, high: 90 }, 50],
    ['beyond what the log has ever held', { low: 0, high: 9 }, 0],
  ])('move to the beginning of the log when they lie %s', async (_, available, nextOffset) => {
    await advance(await claim(), 10);
    expect(await claim(available)).toMatchObject({ nextOffset, moved: true });
    expect(await claim({ low: 0, high: 90 })).toMatchObject({ nextOffset, moved: false });
  });

  it.each([
    ['the first', { low: 10, high: 20 }],
    ['just behind the last', { low: 0, high: 10 }],
  ])('stay where they are at %s entry of the log', async (_, available) => {
    await advance(await claim(), 10);
    expect(await claim(available)).toMatchObject({ nextOffset: 10, moved: false });
  });

  it('give a claim that may advance after it was moved', async () => {
    await advance(await claim(), 10);
    const moved = await claim({ low: 50, high: 90 });
    await advance(moved, 51);
    expect(await claim({ low: 0, high: 90 })).toMatchObject({ nextOffset: 51 });
  });

  it('give claims that were made at the same time different epochs, and only the last may advance', async () => {
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim()));
    const epochs = claims.map((each) => each.epoch);
    expect(new Set(epochs).size).toBe(5);
    const outcomes = await Promise.allSettled(claims.map((each) => advance(each, 1)));
    const winners = claims.filter((_, index) => outcomes[index]!.status === 'fulfilled');
    expect(winners.map((each) => each.epoch)).toEqual([Math.max(...epochs)]);
  });

  describe('of several partitions', () => {
    const both = async (): Promise<[Claim, Claim]> => {
      const other = partition + 1000;
      return [await claim(), await claim(ANY, other)];
    };
    const advanceBoth = (claims: readonly Claim[], nextOffset: number): Promise<void> =>
      transactions.run(
        (tx) =>
          checkpoints.advanceAll(
            tx,
            claims.map((each) => ({ claim: each, nextOffset: nextOffset + each.partition })),
          ),
        1000,
      );

    it('move together, each to its own offset', async () => {
      const claims = await both();
      await advanceBoth(claims, 5);
      for (const { partition: of } of claims) {
        expect(await claim({ low: 0, high: 1e6 }, of)).toMatchObject({ nextOffset: 5 + of });
      }
    });

    it('stay where they are when one of the claims is void', async () => {
      const claims = await both();
      await claim(ANY, claims[1].partition);
      await expect(advanceBoth(claims, 5)).rejects.toThrow(FencedError);
      expect(await claim(ANY, claims[0].partition)).toMatchObject({ nextOffset: 0 });
    });

    it('are left alone where there is nothing to move', async () => {
      await advanceBoth([], 5);
    });
  });
});
