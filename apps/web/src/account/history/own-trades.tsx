import { memo } from 'react';
import { separated } from '../../market/logic/decimal';
import { type Decimal, format, multiply, parseDecimal } from '../decimal';
import { MomentText } from '../moment-text';
import { MarketLink } from '../order-cells';
import { moneyText } from '../positions/profit';
import type { OwnTrade } from '../schemas';
import { ListFrame } from './list-frame';
import type { List } from './use-list';

interface OwnTradesProps {
  list: List<OwnTrade>;
  item: string | null;
}

export function keyOfTrade({ item, trade_id: id, order_id: order }: OwnTrade): string {
  return `${id}/${order}/${item}`;
}

export function OwnTrades({ list, item }: OwnTradesProps) {
  return (
    <ListFrame
      list={list}
      count={list.rows.length}
      what="trades"
      empty="Trades of this user’s orders are shown here."
    >
      <table className="account-table" data-scope={item === null ? 'all' : 'market'}>
        <caption className="visually-hidden">Own trades, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col" className="of-all">
              Market
            </th>
            <th scope="col">Side</th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              Quantity
            </th>
            <th scope="col" className="num middle">
              Value
            </th>
            <th scope="col">Role</th>
            <th scope="col" className="num wide">
              Order
            </th>
            <th scope="col" className="num wide">
              Trade
            </th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((trade) => (
            <TradeRow key={keyOfTrade(trade)} trade={trade} item={item} />
          ))}
        </tbody>
      </table>
    </ListFrame>
  );
}

interface TradeRowProps {
  trade: OwnTrade;
  item: string | null;
}

const TradeRow = memo(function TradeRow({ trade, item }: TradeRowProps) {
  const buys = trade.side === 'BUY';
  const value = valueOf(trade);
  return (
    <tr>
      <td className="soft">
        <MomentText iso={trade.executed_at} />
        {item === null && (
          <span className="second narrow">
            <MarketLink item={trade.item} />
          </span>
        )}
      </td>
      <td className="of-all">
        <MarketLink item={trade.item} />
      </td>
      <td>
        <strong className={buys ? 'up' : 'down'}>{buys ? 'Buy' : 'Sell'}</strong>
      </td>
      <td className="num">{separated(trade.price)}</td>
      <td className="num">{separated(trade.quantity)}</td>
      <td className="num middle" title={value === null ? undefined : format(value)}>
        {value === null ? '' : separated(moneyText(value))}
      </td>
      <td>{trade.role === 'MAKER' ? 'Maker' : 'Taker'}</td>
      <td className="num wide soft">{trade.order_id}</td>
      <td className="num wide soft">{trade.trade_id}</td>
    </tr>
  );
});

function valueOf({ price, quantity }: OwnTrade): Decimal | null {
  const [a, b] = [parseDecimal(price), parseDecimal(quantity)];
  return a === null || b === null ? null : multiply(a, b);
}
