import { useEffect, useRef } from 'react';
import { useStored } from '../../session/stored';
import type { OrderSide } from '../schemas';

type OnOff = 'on' | 'off';

function parseOnOff(text: string | null): OnOff {
  return text === 'off' ? 'off' : 'on';
}

const SIDES: Record<string, OrderSide> = { b: 'BUY', s: 'SELL' };

interface ShortcutsProps {
  enabled: boolean;
  onSwitch: (enabled: boolean) => void;
}

/** B and S lead into the ticket from anywhere on the page where nobody types. Single keys must be possible to switch off. */
export function useShortcuts(onSide: (side: OrderSide) => void): ShortcutsProps {
  const [stored, setStored] = useStored('shortcuts', parseOnOff);
  const latest = useRef(onSide);
  latest.current = onSide;
  const enabled = stored === 'on';
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      const side = SIDES[event.key.toLowerCase()];
      if (side === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      latest.current(side);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
  return { enabled, onSwitch: (next) => setStored(next ? 'on' : 'off') };
}

export function Shortcuts({ enabled, onSwitch }: ShortcutsProps) {
  return (
    <details className="ticket-keys">
      <summary>Keyboard</summary>
      <dl>
        <div>
          <dt>
            <kbd>B</kbd> <kbd>S</kbd>
          </dt>
          <dd>buy, sell: into the ticket from anywhere</dd>
        </div>
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>one tick or lot, ten with Shift</dd>
        </div>
        <div>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>place the order</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>clear the ticket</dd>
        </div>
      </dl>
      <label className="ticket-check">
        <input
          type="checkbox"
          checked={enabled}
          onChange={(event) => onSwitch(event.target.checked)}
        />
        B and S are on
      </label>
    </details>
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, select, textarea');
}
