import { type Connection, createConnection, type ResultSetHeader } from 'mysql2/promise';

/** What the loop is to do, as JSON in its first argument. */
export interface BareFillOptions {
  databaseUrl: string;
  ordersTable: string;
  checkpointsTable: string;
  batchSize: number;
  connections: number;
  /** The partition of each item, as Kafka's clients choose it. */
  partitionOfItem: Record<string, number>;
}

/** How many orders were filled at which time, in ms since the epoch; the first entry is the start. */
export type Timeline = { atMs: number; filled: number }[];

interface Batch {
  partition: number;
  nextOffset: number;
  ids: number[];
}

/** Makes the rows that the matcher makes, with nothing in between: no Kafka, no Redis, no checks, no framework. */
async function fill(options: BareFillOptions): Promise<Timeline> {
  const connections = await Promise.all(
    Array.from({ length: options.connections }, () =>
      createConnection({ uri: options.databaseUrl }),
    ),
  );
  const partitions = await planBatches(connections[0]!, options);
  const timeline: Timeline = [{ atMs: Date.now(), filled: 0 }];
  const work = async (connection: Connection): Promise<void> => {
    for (let batches = partitions.pop(); batches !== undefined; batches = partitions.pop()) {
      for (const batch of batches) {
        await commit(connection, options, batch);
        const filled = timeline.at(-1)!.filled + batch.ids.length;
        timeline.push({ atMs: Date.now(), filled });
      }
    }
  };
  await Promise.all(connections.map(work));
  await Promise.all(connections.map((connection) => connection.end()));
  return timeline;
}

/** The batches of each partition, in the order of the log. */
async function planBatches(
  connection: Connection,
  { ordersTable, batchSize, partitionOfItem }: BareFillOptions,
): Promise<Batch[][]> {
  const [rows] = await connection.query(`SELECT id, item FROM ${ordersTable} ORDER BY id`);
  const idsOf = new Map<number, number[]>();
  for (const { id, item } of rows as { id: number; item: string }[]) {
    const partition = partitionOfItem[item] ?? 0;
    const ids = idsOf.get(partition) ?? [];
    ids.push(id);
    idsOf.set(partition, ids);
  }
  return [...idsOf].map(([partition, ids]) => {
    const batches: Batch[] = [];
    for (let start = 0; start < ids.length; start += batchSize) {
      const slice = ids.slice(start, start + batchSize);
      batches.push({ partition, nextOffset: start + slice.length, ids: slice });
    }
    return batches;
  });
}

async function commit(
  connection: Connection,
  { ordersTable, checkpointsTable }: BareFillOptions,
  { partition, nextOffset, ids }: Batch,
): Promise<void> {
  await connection.query('START TRANSACTION');
  await connection.query(
    `UPDATE ${checkpointsTable} SET next_offset = ?, updated_at_ms = ? WHERE partition_id = ?`,
    [nextOffset, Date.now(), partition],
  );
  const [{ affectedRows }] = await connection.query<ResultSetHeader>(
    `UPDATE ${ordersTable} SET status = 'FILLED', reason = NULL, updated_at_ms = ? WHERE id IN (?)`,
    [Date.now(), ids],
  );
  if (affectedRows !== ids.length) throw new Error('not every order was filled');
  await connection.query('COMMIT');
}

fill(JSON.parse(process.argv[2] ?? '') as BareFillOptions).then(
  (timeline) => process.stdout.write(JSON.stringify(timeline)),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
