import { type Config, CONFIG } from '@app/platform';
import { type Transaction, Transactions } from '@app/persistence';
import { Inject, Injectable } from '@nestjs/common';

/** The right to commit effects of one partition. It ends when another process claims the partition. */
export interface Claim {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
  /** First offset whose effects are not committed. */
  nextOffset: number;
}

/** Another process has claimed the partition, or this process's own last commit was kept after all. */
export class FencedError extends Error {
  constructor(claim: Claim) {
    super(
      `the claim on ${claim.topic}/${claim.partition} (epoch ${claim.epoch}) is no longer valid`,
    );
    this.name = 'FencedError';
  }
}

interface CheckpointRow {
  next_offset: string | number;
  epoch: string | number;
}

const CLAIM_TIMEOUT_MS = 5000;

/**
 * Checkpoints live beside the effects and move in the same transaction, by compare-and-set: an event's effects are
 * committed once, however often it is delivered and whoever believes to own its partition.
 */
@Injectable()
export class Checkpoints {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Takes a partition over. Every older claim on it is void from now on.
   * @param firstOffset where a partition begins that has no checkpoint yet.
   */
  async claim(
    group: string,
    topic: string,
    partition: number,
    firstOffset: number,
  ): Promise<Claim> {
    const key = [group, topic, partition];
    return this.transactions.run(async (tx) => {
      await tx.execute(
        `${tx.dialect.insertIgnore} checkpoints
           (consumer_group, topic, partition_id, next_offset, epoch, owner, updated_at_ms) VALUES (?,?,?,?,?,?,?)`,
        [...key, firstOffset, 0, '', Date.now()],
      );
      await tx.execute(
        `UPDATE checkpoints SET epoch = epoch + 1, owner = ?, updated_at_ms = ?
         WHERE consumer_group = ? AND topic = ? AND partition_id = ?`,
        [this.config.instanceId, Date.now(), ...key],
      );
      const [row] = await tx.rows<CheckpointRow>(
        'SELECT next_offset, epoch FROM checkpoints WHERE consumer_group = ? AND topic = ? AND partition_id = ?',
        key,
      );
      if (row === undefined) throw new Error(`no checkpoint for ${topic}/${partition}`);
      return {
        group,
        topic,
        partition,
        epoch: Number(row.epoch),
        nextOffset: Number(row.next_offset),
      };
    }, CLAIM_TIMEOUT_MS);
  }

  /**
   * Moves a checkpoint that lies outside of the log to where the log begins: the log was made anew, or has dropped
   * what was not handled. Read the bounds after the claim, when nobody else can move the checkpoint any more.
   * @returns whether it had to be moved.
   */
  async bringWithin(claim: Claim, available: { low: number; high: number }): Promise<boolean> {
    const within = claim.nextOffset >= available.low && claim.nextOffset <= available.high;
    if (within) return false;
    await this.transactions.run((tx) => this.advance(tx, claim, available.low), CLAIM_TIMEOUT_MS);
    claim.nextOffset = available.low;
    return true;
  }

  /**
   * Moves the checkpoint as part of a transaction. Call it first: its row lock keeps others out until the commit.
   * @throws FencedError when the claim is void; the transaction must then be given up.
   */
  async advance(tx: Transaction, claim: Claim, nextOffset: number): Promise<void> {
    const moved = await tx.execute(
      `UPDATE checkpoints SET next_offset = ?, updated_at_ms = ?
       WHERE consumer_group = ? AND topic = ? AND partition_id = ? AND epoch = ? AND next_offset = ?`,
      [
        nextOffset,
        Date.now(),
        claim.group,
        claim.topic,
        claim.partition,
        claim.epoch,
        claim.nextOffset,
      ],
    );
    if (moved !== 1) throw new FencedError(claim);
  }

  /**
   * The same for several partitions of one topic, in one statement.
   * @throws FencedError when any of the claims is void.
   */
  async advanceAll(
    tx: Transaction,
    moves: readonly { claim: Claim; nextOffset: number }[],
  ): Promise<void> {
    const [first] = moves;
    if (first === undefined) return;
    const { group, topic } = first.claim;
    const cases = moves.map(() => 'WHEN ? THEN ?').join(' ');
    const rows = moves
      .map(() => '(partition_id = ? AND epoch = ? AND next_offset = ?)')
      .join(' OR ');
    const moved = await tx.execute(
      `UPDATE checkpoints SET next_offset = CASE partition_id ${cases} END, updated_at_ms = ?
       WHERE consumer_group = ? AND topic = ? AND (${rows})`,
      [
        ...moves.flatMap(({ claim, nextOffset }) => [claim.partition, nextOffset]),
        Date.now(),
        group,
        topic,
        ...moves.flatMap(({ claim }) => [claim.partition, claim.epoch, claim.nextOffset]),
      ],
    );
    if (moved !== moves.length) throw new FencedError(first.claim);
  }
}
