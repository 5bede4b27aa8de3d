import { useEffect, useState } from 'react';
import { Field } from '../../ui/field';
import { Select } from '../../ui/select';
import type { Decimal } from '../decimal';
import type { SelfTradePrevention } from '../schemas';
import { fieldsOf, MORE, restsNot, selfTradePreventionOf, selfTradePreventionsOf } from './fields';
import { NumberField } from './number-field';
import type { Ticket } from './use-ticket';

const MODES: Record<SelfTradePrevention, string> = {
  NONE: 'None: own orders trade',
  CANCEL_NEWEST: 'Cancel the newest',
  CANCEL_OLDEST: 'Cancel the oldest',
  CANCEL_BOTH: 'Cancel both',
  DECREMENT: 'Decrement both',
};

interface MoreOptionsProps {
  ticket: Ticket;
  lot: Decimal;
}

/** What few orders have. How many of them are set is told while it is closed. */
export function MoreOptions({ ticket, lot }: MoreOptionsProps) {
  const { draft, faults, change, leave } = ticket;
  const [open, setOpen] = useState(false);
  const shown = fieldsOf(draft);
  const wrong = [...MORE].some((field) => faults[field] !== undefined);
  useEffect(() => {
    if (wrong) setOpen(true);
  }, [wrong]);
  const modes = selfTradePreventionsOf(draft);
  const mode = selfTradePreventionOf(draft);
  const why = restsNot(draft);
  const set = [
    shown.has('postOnly') && draft.postOnly,
    shown.has('displayQuantity') && draft.displayQuantity !== '',
    mode !== 'NONE',
    draft.clientOrderId !== '',
  ].filter(Boolean).length;
  return (
    <details
      className="ticket-more"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        More
        {set > 0 && <span className="ticket-set">{set} set</span>}
      </summary>
      <div className="ticket-more-fields">
        {draft.kind !== 'PLAIN' && why !== null && (
          <p className="field-hint">No post-only and no iceberg: {why}.</p>
        )}
        {shown.has('postOnly') && (
          <label className="ticket-check">
            <input
              type="checkbox"
              checked={draft.postOnly}
              onChange={(event) => change({ postOnly: event.target.checked })}
            />
            Post-only
            <span className="field-hint">never takes</span>
          </label>
        )}
        {faults.postOnly !== undefined && <p className="field-fault">{faults.postOnly}</p>}
        {shown.has('displayQuantity') && (
          <NumberField
            label="Iceberg: show at a time"
            name="displayQuantity"
            value={draft.displayQuantity}
            unit={lot}
            unitName="lot"
            fault={faults.displayQuantity}
            onChange={(displayQuantity) => change({ displayQuantity })}
            onLeave={() => leave('displayQuantity')}
          />
        )}
        {modes.length > 0 && (
          <Select
            label="Self-trade prevention"
            options={modes.map((value) => ({ value, label: MODES[value] }))}
            value={mode}
            fault={faults.selfTradePrevention ?? null}
            onChange={(selfTradePrevention) => change({ selfTradePrevention })}
          />
        )}
        <Field
          label="Client order id"
          name="clientOrderId"
          value={draft.clientOrderId}
          fault={faults.clientOrderId ?? null}
          maxLength={64}
          onChange={(event) => change({ clientOrderId: event.target.value })}
          onBlur={() => leave('clientOrderId')}
        />
      </div>
    </details>
  );
}
