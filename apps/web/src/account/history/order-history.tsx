import { memo } from 'react';
import { separated } from '../../market/logic/decimal';
import { averageText } from '../average-text';
import { MomentText } from '../moment-text';
import { MarketLink, OrderFilled, OrderName, OrderPrice, OrderTerms } from '../order-cells';
import { reasonOf, statusOf } from '../orders/order-row';
import { isBookOrder, type Order } from '../schemas';
import { ListFrame } from './list-frame';
import type { List } from './use-list';

interface OrderHistoryProps {
  list: List<Order>;
  rows: readonly Order[];
  item: string | null;
}

export function OrderHistory({ list, rows, item }: OrderHistoryProps) {
  return (
    <ListFrame
      list={list}
      count={rows.length}
      what="past orders"
      empty="Orders that were filled or ended otherwise are shown here."
    >
      <table className="account-table" data-scope={item === null ? 'all' : 'market'}>
        <caption className="visually-hidden">Orders that have ended, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="wide">
              Ended
            </th>
            <th scope="col" className="of-all">
              Market
            </th>
            <th scope="col" className="order">
              Order
            </th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              Filled
            </th>
            <th scope="col" className="num middle">
              Average
            </th>
            <th scope="col" className="wide">
              Terms
            </th>
            <th scope="col" className="outcome">
              Outcome
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((order) => (
            <HistoryRow key={order.id} order={order} item={item} />
          ))}
        </tbody>
      </table>
    </ListFrame>
  );
}

const HistoryRow = memo(function HistoryRow({
  order,
  item,
}: {
  order: Order;
  item: string | null;
}) {
  const endedAt = isBookOrder(order) ? order.updated_at : null;
  const reason = reasonOf(order);
  const average = isBookOrder(order) ? order.average_price : null;
  return (
    <tr>
      <td className="wide soft">
        <MomentText iso={endedAt} />
      </td>
      <td className="of-all">
        <MarketLink item={order.item} />
      </td>
      <td>
        <OrderName order={order} />
        <span className="second narrow">
          {item === null && <MarketLink item={order.item} />}{' '}
          {endedAt !== null && <MomentText iso={endedAt} />}
        </span>
      </td>
      <td className="num">
        <OrderPrice order={order} />
      </td>
      <td className="num">
        <OrderFilled order={order} />
      </td>
      <td className="num middle" title={average ?? undefined}>
        {average === null ? <Nothing /> : separated(averageText(average))}
      </td>
      <td className="wide">
        <OrderTerms order={order} />
      </td>
      <td className="outcome">
        <span className={order.status === 'REJECTED' ? 'refused' : undefined}>
          {statusOf(order)}
        </span>
        {reason !== null && <span className="second">{reason}</span>}
      </td>
    </tr>
  );
});

function Nothing() {
  return <span className="soft">–</span>;
}
