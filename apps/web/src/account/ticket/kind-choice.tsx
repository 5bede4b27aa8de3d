import { Choice } from '../../ui/choice';
import type { TicketKind } from './draft';

const KINDS: readonly { value: TicketKind; label: string }[] = [
  { value: 'LIMIT', label: 'Limit' },
  { value: 'MARKET', label: 'Market' },
  { value: 'STOP', label: 'Stop' },
  { value: 'STOP_LIMIT', label: 'Stop-limit' },
  { value: 'PLAIN', label: 'Plain' },
];

const MEANINGS: Record<TicketKind, string> = {
  LIMIT: 'Trades at its price or better.',
  MARKET: 'Trades at once at the best prices there are.',
  STOP: 'Becomes a market order when the last price reaches the stop.',
  STOP_LIMIT: 'Becomes a limit order when the last price reaches the stop.',
  PLAIN: 'An amount without a side: filled in full after a delay, outside the book.',
};

interface KindChoiceProps {
  kind: TicketKind;
  onChange: (kind: TicketKind) => void;
}

export function KindChoice({ kind, onChange }: KindChoiceProps) {
  return (
    <div className="ticket-kind">
      <Choice label="Order type" options={KINDS} value={kind} onChange={onChange} />
      <p className="field-hint">{MEANINGS[kind]}</p>
    </div>
  );
}
