import { separated } from '../market/logic/decimal';
import { hashOf } from '../route';
import { MomentText } from './moment-text';
import { flagsOf, shareFilled, sideOf, typeOf } from './orders/order-row';
import { isBookOrder, type Order } from './schemas';

/** Cells that open orders and the history have in common. */

export function MarketLink({ item }: { item: string }) {
  return (
    <a className="market-link" href={hashOf({ view: 'trade', item })} title={item}>
      {item}
    </a>
  );
}

export function OrderName({ order }: { order: Order }) {
  const side = sideOf(order);
  return (
    <span className="order-name" title={`Order ${order.id}`}>
      {side !== null && <strong className={side.className}>{side.word}</strong>} {typeOf(order)}
      <span className="order-id">#{order.id}</span>
    </span>
  );
}

export function OrderPrice({ order }: { order: Order }) {
  if (!isBookOrder(order)) {
    return (
      <>
        {separated(order.amount)}
        <span className="second">amount</span>
      </>
    );
  }
  return (
    <>
      {order.price === null ? <span className="soft">market</span> : separated(order.price)}
      {order.stop_price !== undefined && (
        <span className="second">stop {separated(order.stop_price)}</span>
      )}
    </>
  );
}

export function OrderFilled({ order }: { order: Order }) {
  if (!isBookOrder(order)) return <span className="soft">–</span>;
  const share = shareFilled(order);
  const whole = order.quantity === null ? '' : ` / ${separated(order.quantity)}`;
  return (
    <>
      {separated(order.filled_quantity)}
      {whole}
      {share !== null && <Bar share={share} className={order.side === 'BUY' ? 'buy' : 'sell'} />}
    </>
  );
}

/** What the figures above it say already: nothing to be read out. */
export function Bar({ share, className }: { share: number; className: string }) {
  return (
    <span className={`bar ${className}`} aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}

export function OrderTerms({ order }: { order: Order }) {
  if (!isBookOrder(order)) return <span className="soft">–</span>;
  const until = order.time_in_force === 'GTD' ? (order.expires_at ?? null) : null;
  return (
    <span className="order-terms">
      {order.time_in_force}
      {until !== null && (
        <>
          {' '}
          <MomentText iso={until} />
        </>
      )}
      {flagsOf(order).map(({ short, long }) => (
        <abbr key={short} className="flag" title={long}>
          {short}
        </abbr>
      ))}
    </span>
  );
}
