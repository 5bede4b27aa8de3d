import { useCallback, useEffect, useRef, useState } from 'react';
import type { UserOrders } from '../orders/use-orders';
import { sendOrder } from '../requests';
import type { NewOrder, Order } from '../schemas';
import { checkTicket, type Faults, type MarketRules } from './check-ticket';
import { afterPlacing, cleared, type Draft, emptyDraft } from './draft';
import { type Field, fieldsOf } from './fields';
import { type Intent, intentFor, randomKey } from './intent';
import { place, type Placed } from './place';
import { refusalOf } from './problem-faults';

export type Sending =
  | { phase: 'idle' }
  | { phase: 'sending'; attempt: number }
  | { phase: 'refused'; message: string; code: string }
  /** The order may or may not lie in the store; sent again it is placed once. */
  | { phase: 'unknown'; detail: string; changed: boolean };

export interface Ticket {
  readonly draft: Draft;
  /** What is wrong, where it is time to say so. */
  readonly faults: Faults;
  readonly sending: Sending;
  readonly change: (members: Partial<Draft>) => void;
  /** Somebody has left the field: what is wrong with it may be said. */
  readonly leave: (field: Field) => void;
  readonly clear: () => void;
  /** @returns the first field that is wrong, or null when the order is on its way. */
  readonly submit: () => Field | null;
}

interface TicketOptions {
  item: string;
  userId: number;
  rules: MarketRules;
  orders: UserOrders;
  /** An order was placed, or one had been placed under that name before. */
  onPlaced: (order: Order, existed: boolean) => void;
}

/** Two orders one after the other that are nearer than this are one that was sent twice by a trembling hand. */
const TREMBLE_MS = 500;

export function useTicket({ item, userId, rules, orders, onPlaced }: TicketOptions): Ticket {
  const [draft, setDraft] = useState(() => emptyDraft(item));
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Faults>({});
  const [sending, setSending] = useState<Sending>({ phase: 'idle' });
  const open = useRef<Intent | null>(null);
  const busy = useRef(false);
  const finishedAt = useRef(-TREMBLE_MS);

  const forgetMarks = useCallback(() => {
    setLeft(new Set());
    setTried(false);
    setRefused({});
  }, []);

  // Another market: its prices are others, how one trades stays.
  useEffect(() => {
    setDraft((old) => (old.item === item ? old : { ...cleared(old), item }));
    forgetMarks();
  }, [item, forgetMarks]);

  const change = useCallback((members: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...members }));
    setRefused((old) => without(old, members));
    setSending(afterChange);
  }, []);

  const leave = useCallback((field: Field) => setLeft((old) => new Set(old).add(field)), []);

  const clear = useCallback(() => {
    setDraft((old) => cleared(old));
    setSending((old) => (old.phase === 'sending' ? old : { phase: 'idle' }));
    forgetMarks();
  }, [forgetMarks]);

  const finish = (placed: Placed) => {
    switch (placed.kind) {
      case 'placed':
      case 'existed':
        open.current = null;
        orders.learn(placed.order);
        setSending({ phase: 'idle' });
        setDraft(afterPlacing);
        forgetMarks();
        onPlaced(placed.order, placed.kind === 'existed');
        return;
      case 'refused': {
        open.current = null;
        const { faults, message, code } = refusalOf(placed.problem, fieldsOf(draft));
        setRefused(faults);
        setSending(message === null ? { phase: 'idle' } : { phase: 'refused', message, code });
        return;
      }
      case 'unknown':
        setSending({ phase: 'unknown', detail: placed.detail, changed: false });
    }
  };

  const send = async (body: NewOrder) => {
    busy.current = true;
    const intent = intentFor(body, open.current, randomKey);
    const sentBefore = intent === open.current;
    open.current = intent;
    setSending({ phase: 'sending', attempt: 1 });
    const placed = await place(body, intent.key, {
      send: sendOrder,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onRetry: (attempt) => setSending({ phase: 'sending', attempt }),
      sentBefore,
    });
    finishedAt.current = performance.now();
    busy.current = false;
    finish(placed);
  };

  const submit = (): Field | null => {
    if (busy.current || performance.now() - finishedAt.current < TREMBLE_MS) return null;
    setTried(true);
    setRefused({});
    const checked = checkTicket(draft, userId, rules, Date.now());
    if (checked.ok) {
      void send(checked.body);
      return null;
    }
    return [...fieldsOf(draft)].find((field) => checked.faults[field] !== undefined) ?? null;
  };

  const checked = checkTicket(draft, userId, rules, Date.now());
  const faults = {
    ...said(checked.ok ? {} : checked.faults, (field) => tried || isToldOf(draft, left, field)),
    ...refused,
  };
  return { draft, faults, sending, change, leave, clear, submit };
}

function afterChange(sending: Sending): Sending {
  if (sending.phase === 'refused') return { phase: 'idle' };
  return sending.phase === 'unknown' ? { ...sending, changed: true } : sending;
}

/** An empty field is no fault until somebody wants to place the order. */
function isToldOf(draft: Draft, left: ReadonlySet<Field>, field: Field): boolean {
  return left.has(field) && draft[field] !== '';
}

function said(faults: Faults, isTold: (field: Field) => boolean): Faults {
  const told = Object.entries(faults).filter(([field]) => isTold(field as Field));
  return Object.fromEntries(told);
}

/** What the server said of a field holds until that field changes. */
function without(faults: Faults, changed: Partial<Draft>): Faults {
  const kept = Object.entries(faults).filter(([field]) => !(field in changed));
  return kept.length === Object.keys(faults).length ? faults : Object.fromEntries(kept);
}
