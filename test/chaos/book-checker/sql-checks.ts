import type { BookSource } from './book-source';

const SHOWN = 3;

const LEGS = `(SELECT item, maker_order_id AS order_id, maker_user_id AS user_id, quantity_lots AS lots,
    price_ticks * quantity_lots AS notional, CASE taker_side WHEN 'BUY' THEN 'SELL' ELSE 'BUY' END AS side FROM trades
  UNION ALL SELECT item, taker_order_id, taker_user_id, quantity_lots,
    price_ticks * quantity_lots, taker_side FROM trades)`;

const FILLS = `(SELECT order_id, SUM(lots) AS lots, SUM(notional) AS notional FROM ${LEGS} AS legs GROUP BY order_id)`;

const WORKING = `('OPEN', 'PARTIALLY_FILLED')`;

/** What must never be found in the tables: by its name, the query that finds it. They run on both stores. */
const FAULTS: Record<string, string> = {
  'an order whose fills are not its trades': `SELECT orders.id, filled_lots, fills.lots FROM orders
    LEFT JOIN ${FILLS} AS fills ON fills.order_id = orders.id
    WHERE filled_lots <> COALESCE(fills.lots, 0) OR orders.notional <> COALESCE(fills.notional, 0)`,
  'a trade of an order that is not there, or of another user, item or side': `SELECT legs.* FROM ${LEGS} AS legs
    LEFT JOIN orders ON orders.id = legs.order_id
    WHERE orders.id IS NULL OR orders.user_id <> legs.user_id OR orders.item <> legs.item
      OR orders.side IS NULL OR orders.side <> legs.side`,
  'a trade beyond the limit of an order': `SELECT trades.trade_id, trades.item FROM trades
    JOIN orders ON orders.id = trades.taker_order_id
    WHERE orders.price_ticks IS NOT NULL AND (orders.side = 'BUY' AND trades.price_ticks > orders.price_ticks
      OR orders.side = 'SELL' AND trades.price_ticks < orders.price_ticks)
      AND orders.command_sequence = 0`,
  'a trade of nothing': `SELECT item, trade_id FROM trades WHERE quantity_lots < 1 OR price_ticks < 1`,
  'an order filled beyond its quantity': `SELECT id, filled_lots, quantity_lots FROM orders
    WHERE quantity_lots IS NOT NULL AND filled_lots > quantity_lots`,
  'an order that spent more than its amount': `SELECT id, notional, budget FROM orders
    WHERE budget IS NOT NULL AND notional > budget AND side = 'BUY'`,
  'a filled order with a rest': `SELECT id, filled_lots, quantity_lots FROM orders
    WHERE side IS NOT NULL AND status = 'FILLED'
      AND (filled_lots = 0 OR quantity_lots IS NOT NULL AND filled_lots <> quantity_lots)`,
  'an open order with fills, or a partly filled one without': `SELECT id, status, filled_lots FROM orders
    WHERE status = 'OPEN' AND filled_lots <> 0 OR status = 'PARTIALLY_FILLED' AND filled_lots = 0`,
  'a working order with nothing left': `SELECT id, status, filled_lots FROM orders
    WHERE side IS NOT NULL AND status IN ${WORKING} AND filled_lots >= quantity_lots`,
  'a rejected order with fills': `SELECT id, filled_lots FROM orders WHERE status = 'REJECTED' AND filled_lots <> 0`,
  'a reason that does not fit the status': `SELECT id, status, reason FROM orders
    WHERE side IS NOT NULL AND (status IN ('OPEN', 'PARTIALLY_FILLED', 'FILLED') AND reason IS NOT NULL
      OR status IN ('CANCELLED', 'REJECTED', 'EXPIRED') AND reason IS NULL
      OR status = 'EXPIRED' AND reason <> 'EXPIRED')`,
  'an ended order in the public book': `SELECT id, status, visible_lots FROM orders
    WHERE status NOT IN ${WORKING} AND visible_lots <> 0`,
  'an order that shows more than it has left': `SELECT id, visible_lots FROM orders
    WHERE visible_lots > quantity_lots - filled_lots`,
  'a resting order that shows nothing': `SELECT id, type, triggered FROM orders
    WHERE side IS NOT NULL AND status IN ${WORKING} AND accepted_sequence IS NOT NULL AND visible_lots = 0
      AND (type = 'LIMIT' OR triggered = 1)`,
  'an order that never rests and still works': `SELECT id, type, time_in_force FROM orders
    WHERE status IN ${WORKING} AND accepted_sequence IS NOT NULL AND (type = 'MARKET'
      OR (type = 'LIMIT' OR triggered = 1) AND time_in_force IN ('IOC', 'FOK'))`,
  'a crossed book': `SELECT bids.item, bids.bid, asks.ask FROM
    (SELECT item, MAX(price_ticks) AS bid FROM orders WHERE side = 'BUY' AND visible_lots > 0 GROUP BY item) AS bids
    JOIN (SELECT item, MIN(price_ticks) AS ask FROM orders WHERE side = 'SELL' AND visible_lots > 0 GROUP BY item)
      AS asks ON asks.item = bids.item WHERE bids.bid >= asks.ask`,
  'an order that was never answered': `SELECT id, status FROM orders WHERE side IS NOT NULL AND accepted_sequence IS NULL`,
  'two orders answered at one sequence': `SELECT item, accepted_sequence, COUNT(*) AS n FROM orders
    WHERE accepted_sequence IS NOT NULL GROUP BY item, accepted_sequence HAVING COUNT(*) > 1`,
  'one request with two orders': `SELECT user_id, request_key, COUNT(*) AS n FROM orders
    WHERE request_key IS NOT NULL GROUP BY user_id, request_key HAVING COUNT(*) > 1`,
  'a gap in the trade numbers': `SELECT item, MIN(trade_id) AS low, MAX(trade_id) AS high, COUNT(*) AS n FROM trades
    GROUP BY item HAVING MIN(trade_id) <> 1 OR MAX(trade_id) <> COUNT(*) OR COUNT(DISTINCT trade_id) <> COUNT(*)`,
  'a book that counts other trades': `SELECT books.item, books.trade_id FROM books
    LEFT JOIN (SELECT item, COUNT(*) AS n FROM trades GROUP BY item) AS t ON t.item = books.item
    WHERE books.trade_id <> COALESCE(t.n, 0)`,
  'a trade without a book': `SELECT trades.item FROM trades
    LEFT JOIN books ON books.item = trades.item WHERE books.item IS NULL OR books.sequence < trades.sequence`,
  'a last price that is not that of the latest trade': `SELECT books.item, last_price_ticks, price_ticks FROM books
    JOIN trades ON trades.item = books.item AND trades.trade_id = books.trade_id
    WHERE books.last_price_ticks <> trades.price_ticks`,
  'more bought than sold': `SELECT item, SUM(net_lots) AS net FROM positions GROUP BY item HAVING SUM(net_lots) <> 0`,
  'money made out of nothing': `SELECT item, SUM(realised - cost) AS money FROM positions
    GROUP BY item HAVING SUM(realised - cost) <> 0`,
  'a dead letter': `SELECT topic, seq FROM outbox_entries WHERE topic = 'order.events.dlq'`,
};

/** @returns what plain SQL finds wrong. */
export async function checkBySql({ query }: BookSource): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, sql] of Object.entries(FAULTS)) {
    const rows = await query(`${sql} LIMIT ${SHOWN}`);
    faults.push(...rows.map((row) => `${name}: ${JSON.stringify(row)}`));
  }
  return faults;
}
