import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { separated } from '../../market/logic/decimal';
import { type Decimal, multiply, parseDecimal, ZERO } from '../decimal';
import type { BookTop } from '../use-market';
import { hasPrice, hasStopPrice, isByAmount } from './fields';
import { NumberField } from './number-field';
import type { Ticket } from './use-ticket';

const SIZES = [
  { value: 'quantity', label: 'Quantity' },
  { value: 'amount', label: 'Amount' },
] as const;

const CENT: Decimal = parseDecimal('0.01') ?? ZERO;

interface SizeFieldsProps {
  ticket: Ticket;
  tick: Decimal;
  lot: Decimal;
  top: BookTop | null;
}

/** At which price and how much. */
export function SizeFields({ ticket, tick, lot, top }: SizeFieldsProps) {
  const { draft, faults, change, leave } = ticket;
  return (
    <>
      {hasStopPrice(draft.kind) && (
        <NumberField
          label="Stop price"
          name="stopPrice"
          value={draft.stopPrice}
          unit={tick}
          unitName="tick"
          fault={faults.stopPrice}
          onChange={(stopPrice) => change({ stopPrice })}
          onLeave={() => leave('stopPrice')}
        />
      )}
      {hasPrice(draft.kind) && (
        <NumberField
          label={draft.kind === 'LIMIT' ? 'Price' : 'Limit price'}
          name="price"
          value={draft.price}
          unit={tick}
          unitName="tick"
          fault={faults.price}
          actions={<BestPrices top={top} onPick={(price) => change({ price })} />}
          onChange={(price) => change({ price })}
          onLeave={() => leave('price')}
        />
      )}
      {draft.kind === 'MARKET' && (
        <Choice
          label="Size by"
          className="ticket-size-by"
          options={SIZES}
          value={draft.sizeBy}
          onChange={(sizeBy) => change({ sizeBy })}
        />
      )}
      {isByAmount(draft) ? (
        <NumberField
          label={amountLabel(ticket)}
          name="amount"
          value={draft.amount}
          unit={draft.kind === 'PLAIN' ? CENT : multiply(tick, lot)}
          fault={faults.amount}
          onChange={(amount) => change({ amount })}
          onLeave={() => leave('amount')}
        />
      ) : (
        <NumberField
          label="Quantity"
          name="quantity"
          value={draft.quantity}
          unit={lot}
          unitName="lot"
          fault={faults.quantity}
          suffix={draft.item}
          onChange={(quantity) => change({ quantity })}
          onLeave={() => leave('quantity')}
        />
      )}
    </>
  );
}

function amountLabel({ draft }: Ticket): string {
  if (draft.kind === 'PLAIN') return 'Amount';
  return draft.side === 'BUY' ? 'Spend at most' : 'Raise at most';
}

function BestPrices({ top, onPick }: { top: BookTop | null; onPick: (price: string) => void }) {
  const prices = [
    { name: 'Bid', price: top?.bid ?? null },
    { name: 'Ask', price: top?.ask ?? null },
  ];
  return (
    <span className="ticket-best">
      {prices.map(
        ({ name, price }) =>
          price !== null && (
            <Button key={name} size="s" kind="quiet" onClick={() => onPick(price)}>
              {name} {separated(price)}
            </Button>
          ),
      )}
    </span>
  );
}
