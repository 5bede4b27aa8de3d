import { Choice } from '../../ui/choice';
import { Field } from '../../ui/field';
import type { TimeInForce } from '../schemas';
import { isByAmount, timeInForceOf, timesInForceOf } from './fields';
import type { Ticket } from './use-ticket';

const MEANINGS: Record<TimeInForce, string> = {
  GTC: 'Good till cancelled.',
  IOC: 'Immediate or cancel: what does not trade at once is cancelled.',
  FOK: 'Fill or kill: all of it at once, or nothing.',
  GTD: 'Good till the time below.',
  DAY: 'Good till the next 00:00 UTC.',
};

export function TimeInForceChoice({ ticket }: { ticket: Ticket }) {
  const { draft, faults, change, leave } = ticket;
  const options = timesInForceOf(draft);
  const chosen = timeInForceOf(draft);
  return (
    <div className="field">
      <div className="field-head">
        <span>Time in force</span>
      </div>
      <Choice
        label="Time in force"
        options={options.map((value) => ({
          value,
          label: <abbr title={MEANINGS[value]}>{value}</abbr>,
        }))}
        value={chosen}
        onChange={(timeInForce) => change({ timeInForce })}
      />
      <p className="field-hint">
        {MEANINGS[chosen]}
        {draft.kind === 'MARKET' && isByAmount(draft) && ' An order by amount is never FOK.'}
      </p>
      {faults.timeInForce !== undefined && <p className="field-fault">{faults.timeInForce}</p>}
      {chosen === 'GTD' && (
        <Field
          label="Ends at (your time)"
          type="datetime-local"
          name="expiresAt"
          value={draft.expiresAt}
          max="9999-12-31T23:59"
          fault={faults.expiresAt ?? null}
          onChange={(event) => change({ expiresAt: event.target.value })}
          onBlur={() => leave('expiresAt')}
        />
      )}
    </div>
  );
}
