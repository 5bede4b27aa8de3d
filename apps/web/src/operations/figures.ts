import type { Point } from './chart';
import { bytes, count, type Figure, milliseconds, percent, perSecond } from './format';
import type { Moment, Operations } from './history';

/** One line of a chart. */
export interface Line {
  /** Short, beside the value; empty where the title says it. */
  label: string;
  of: (moment: Moment) => number | null;
}

/** What a card shows. */
export interface FigureCard {
  id: string;
  title: string;
  /** Whose figure it is, and what exactly it counts. */
  note: string;
  format: (value: number) => Figure;
  /** The chart reaches at least so far up. */
  least: number;
  /** The first one is the card's value. */
  lines: readonly [Line, ...Line[]];
  /** Beside the value, without a line in the chart. */
  aside?: { label: string; format: (value: number) => Figure; of: Line['of'] };
  /** What an empty second means. */
  absent: string;
}

const P50 = 'p50';
const P99 = 'p99';

export function figureCards(lagUnit: Operations['lag_unit']): readonly FigureCard[] {
  return [
    {
      id: 'orders',
      title: 'Orders',
      note: 'Stored by the whole system',
      format: perSecond,
      least: 1,
      lines: [{ label: '', of: (moment) => moment.orders_per_second }],
      absent: 'not measured',
    },
    {
      id: 'trades',
      title: 'Trades',
      note: 'Made by the whole system',
      format: perSecond,
      least: 1,
      lines: [{ label: '', of: (moment) => moment.trades_per_second }],
      absent: 'not measured',
    },
    {
      id: 'lag',
      title: 'Consumer lag',
      note: `In the log, not yet handled by a matcher`,
      format: (value) => named(value, lagUnit),
      least: 10,
      lines: [{ label: '', of: (moment) => moment.consumer_lag }],
      absent: 'not measured',
    },
    {
      id: 'outbox',
      title: 'Outbox depth',
      note:
        lagUnit === 'events'
          ? 'Committed, not yet published to Kafka'
          : 'Nothing to publish: the outbox is the log',
      format: (value) => named(value, 'commits'),
      least: 10,
      lines: [{ label: '', of: (moment) => moment.outbox_depth }],
      absent: 'not measured',
    },
    {
      id: 'accept',
      title: 'Accept latency',
      note: 'POST /orders of this process, to its answer',
      format: milliseconds,
      least: 1,
      lines: [
        { label: P50, of: (moment) => moment.accept_p50_ms },
        { label: P99, of: (moment) => moment.accept_p99_ms },
      ],
      absent: 'no orders',
    },
    {
      id: 'match',
      title: 'Match latency',
      note: 'From accepted to the trade being seen here',
      format: milliseconds,
      least: 1,
      lines: [
        { label: P50, of: (moment) => moment.match_p50_ms },
        { label: P99, of: (moment) => moment.match_p99_ms },
      ],
      absent: 'no trades',
    },
    {
      id: 'streams',
      title: 'Live streams',
      note: 'Connections to this process',
      format: count,
      least: 4,
      lines: [{ label: '', of: (moment) => moment.stream_connections }],
      aside: {
        label: 'subscriptions',
        format: count,
        of: (moment) => moment.stream_subscriptions,
      },
      absent: 'not measured',
    },
    {
      id: 'loop',
      title: 'Event loop delay',
      note: 'How late timers of this process come',
      format: milliseconds,
      least: 10,
      lines: [{ label: P99, of: (moment) => moment.event_loop_delay_p99_ms }],
      aside: { label: 'busy', format: percent, of: (moment) => moment.event_loop_utilization },
      absent: 'not measured',
    },
    {
      id: 'memory',
      title: 'Memory',
      note: 'Of this process',
      format: bytes,
      least: 64 * 1024 ** 2,
      lines: [
        { label: 'RSS', of: (moment) => moment.rss_bytes },
        { label: 'heap', of: (moment) => moment.heap_used_bytes },
      ],
      absent: 'not measured',
    },
  ];
}

/** "1 event", "2 events". */
function named(value: number, plural: string): Figure {
  const { text, unit } = count(value);
  const name = value === 1 ? plural.slice(0, -1) : plural;
  return { text, unit: unit === '' ? name : `${unit} ${name}` };
}

export function pointsOf(moments: readonly Moment[], line: Line): Point[] {
  return moments.map((moment) => ({ timeMs: moment.timeMs, value: line.of(moment) }));
}
