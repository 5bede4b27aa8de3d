import type { OrderSide, OrderType, SelfTradePrevention, TimeInForce } from '../schemas';

/** PLAIN is the order without a side: filled after a delay, outside of any book. */
export type TicketKind = OrderType | 'PLAIN';

/** What stands in the ticket, as it was typed. Members that do not apply keep what they had and are not sent. */
export interface Draft {
  readonly kind: TicketKind;
  readonly side: OrderSide;
  readonly item: string;
  readonly price: string;
  readonly quantity: string;
  readonly stopPrice: string;
  readonly amount: string;
  /** How large a MARKET order is. */
  readonly sizeBy: 'quantity' | 'amount';
  readonly timeInForce: TimeInForce;
  /** As `<input type="datetime-local">` has it, in the reader's own zone. */
  readonly expiresAt: string;
  readonly postOnly: boolean;
  readonly displayQuantity: string;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly clientOrderId: string;
}

export function emptyDraft(item: string): Draft {
  return {
    kind: 'LIMIT',
    side: 'BUY',
    item,
    price: '',
    quantity: '',
    stopPrice: '',
    amount: '',
    sizeBy: 'quantity',
    timeInForce: 'GTC',
    expiresAt: '',
    postOnly: false,
    displayQuantity: '',
    selfTradePrevention: 'NONE',
    clientOrderId: '',
  };
}

/** Kind, side and the choices of how to trade stay; what says how much of what goes. */
export function cleared(draft: Draft): Draft {
  return {
    ...emptyDraft(draft.item),
    kind: draft.kind,
    side: draft.side,
    sizeBy: draft.sizeBy,
    timeInForce: draft.timeInForce,
    selfTradePrevention: draft.selfTradePrevention,
  };
}

/**
 * After an order was placed: the size goes, so that pressing Enter again places nothing, and so does the name, which
 * only one order can have. The rest stays for the next one.
 */
export function afterPlacing(draft: Draft): Draft {
  return { ...draft, quantity: '', amount: '', displayQuantity: '', clientOrderId: '' };
}
