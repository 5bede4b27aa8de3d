import type { Side } from './market';

interface Common {
  userId: number;
  side: Side;
  quantity: number;
}

/** An order of a simulated trader, in ticks and lots. */
export type NewOrder =
  | (Common & { kind: 'MARKET' })
  /** What can not be had at once is not wanted. */
  | (Common & { kind: 'TAKE'; price: number })
  /** Rests for some seconds at most; an iceberg where `shown` is given. */
  | (Common & { kind: 'REST'; price: number; seconds: number; shown?: number })
  | (Common & { kind: 'STOP'; stopPrice: number; seconds: number });
