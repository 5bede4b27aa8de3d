import { separated } from '../../market/logic/decimal';
import { Button } from '../../ui/button';
import type { BookTop } from '../use-market';
import type { MarketRules } from './check-ticket';
import type { Draft } from './draft';
import { noticeOf } from './notices';
import { totalOf } from './total';
import type { Sending, Ticket } from './use-ticket';

interface TicketFootProps {
  ticket: Ticket;
  rules: MarketRules;
  /** Why the market takes no such order now. */
  refusal: string | null;
  top: BookTop | null;
  last: string | null;
}

export function TicketFoot({ ticket, rules, refusal, top, last }: TicketFootProps) {
  const { draft, sending } = ticket;
  const total = totalOf(draft, rules);
  const notice = refusal === null ? noticeOf(draft, top, last) : null;
  const busy = sending.phase === 'sending';
  const message = refusal ?? messageOf(sending);
  return (
    <div className="ticket-foot">
      {draft.kind !== 'PLAIN' && (
        <div className="ticket-total">
          <span>Total</span>
          <output className="num">{total === null ? '–' : separated(total)}</output>
        </div>
      )}
      {notice !== null && <p className={`ticket-notice ${notice.tone}`}>{notice.text}</p>}
      <p className="ticket-message" id="ticket-message" role="alert">
        {message}
      </p>
      <Button
        type="submit"
        size="l"
        className="ticket-submit"
        kind={draft.kind === 'PLAIN' ? 'accent' : draft.side === 'BUY' ? 'buy' : 'sell'}
        aria-disabled={busy || refusal !== null}
        aria-describedby="ticket-message"
      >
        <bdi>{busy ? placing(sending.attempt) : label(draft, sending)}</bdi>
      </Button>
    </div>
  );
}

function label(draft: Draft, sending: Sending): string {
  if (sending.phase === 'unknown' && !sending.changed) return 'Send the same order again';
  if (draft.kind === 'PLAIN') return 'Place order';
  const verb = draft.side === 'BUY' ? 'Buy' : 'Sell';
  return draft.item === '' ? verb : `${verb} ${draft.item}`;
}

function placing(attempt: number): string {
  return attempt === 1 ? 'Placing …' : `No answer, attempt ${attempt} …`;
}

function messageOf(sending: Sending): string | null {
  if (sending.phase === 'refused') return `${sending.message} (${sending.code})`;
  if (sending.phase !== 'unknown') return null;
  if (sending.changed) return 'The order before may have been placed: see the open orders.';
  return `${sending.detail} The order may have been placed. Unchanged, it can be sent again safely: it is placed once.`;
}
