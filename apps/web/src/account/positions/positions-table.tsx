import type { UseQueryResult } from '@tanstack/react-query';
import { separated, signed } from '../../market/logic/decimal';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { averageText } from '../average-text';
import { type Decimal, parseDecimal, signOf } from '../decimal';
import { MarketLink } from '../order-cells';
import type { Position } from '../schemas';
import { isFlat, moneyText, sortedPositions, totalsOf, unrealisedOf } from './profit';
import { useLastPrices } from './use-positions';

interface PositionsTableProps {
  query: UseQueryResult<Position[]>;
  item: string | null;
}

export function PositionsTable({ query, item }: PositionsTableProps) {
  const all = query.data ?? [];
  const rows = sortedPositions(all.filter((each) => item === null || each.item === item));
  const prices = useLastPrices(rows.filter((each) => !isFlat(each)));
  if (query.isPending) return <EmptyState title="Loading positions …" />;
  if (query.isError && rows.length === 0) {
    return (
      <EmptyState title="The positions could not be read" role="alert">
        {query.error.message} <Button onClick={() => void query.refetch()}>Try again</Button>
      </EmptyState>
    );
  }
  if (rows.length === 0) {
    return <EmptyState title="No positions">What trades leave is shown here.</EmptyState>;
  }
  const totals = totalsOf(rows, (name) => prices.get(name) ?? null);
  return (
    <table className="account-table">
      <caption className="visually-hidden">Positions, open ones first</caption>
      <thead>
        <tr>
          <th scope="col">Market</th>
          <th scope="col" className="num">
            Quantity
          </th>
          <th scope="col" className="num">
            Average cost
          </th>
          <th scope="col" className="num middle">
            Last
          </th>
          <th scope="col" className="num">
            Unrealised
          </th>
          <th scope="col" className="num middle">
            Realised
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((position) => (
          <PositionRow
            key={position.item}
            position={position}
            last={prices.get(position.item) ?? null}
          />
        ))}
      </tbody>
      {rows.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Total
            </th>
            <td className="middle" />
            <td className="num">
              {totals.partly && <span className="soft">of those with a price </span>}
              <Profit value={totals.unrealised} />
              <span className="second narrow">
                realised <Profit value={totals.realised} />
              </span>
            </td>
            <td className="num middle">
              <Profit value={totals.realised} />
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function PositionRow({ position, last }: { position: Position; last: string | null }) {
  const { item, quantity, average_cost: cost, realised_profit: realised } = position;
  const flat = isFlat(position);
  return (
    <tr className={flat ? 'flat' : undefined}>
      <td>
        <MarketLink item={item} />
      </td>
      <td className="num">
        {flat ? (
          <span className="soft">flat</span>
        ) : (
          <>
            <span className="soft">{quantity.startsWith('-') ? 'short' : 'long'} </span>
            {separated(quantity.replace('-', ''))}
          </>
        )}
      </td>
      <td className="num" title={cost ?? undefined}>
        {cost === null ? <Nothing /> : separated(averageText(cost))}
        {last !== null && !flat && <span className="second narrow">last {separated(last)}</span>}
      </td>
      <td className="num middle">{last === null || flat ? <Nothing /> : separated(last)}</td>
      <td className="num">
        <Profit value={unrealisedOf(position, last)} />
        <span className="second narrow">
          realised <Profit value={parseDecimal(realised)} />
        </span>
      </td>
      <td className="num middle">
        <Profit value={parseDecimal(realised)} />
      </td>
    </tr>
  );
}

function Profit({ value }: { value: Decimal | null }) {
  if (value === null) return <Nothing />;
  const className = { [-1]: 'down', 0: undefined, 1: 'up' }[signOf(value)];
  return <span className={className}>{signed(moneyText(value))}</span>;
}

function Nothing() {
  return <span className="soft">–</span>;
}
