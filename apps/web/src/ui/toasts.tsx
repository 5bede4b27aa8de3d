import { useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { closeToast, currentToasts, onToasts, type Toast } from './toast-list';
import './toasts.css';

const SHOWN_MS: Record<Toast['tone'], number> = { info: 7000, good: 7000, bad: 15_000 };
const SIGNS: Record<Toast['tone'], string> = { info: 'ℹ', good: '✓', bad: '✕' };

/** The page's messages, in a live region: they are read out without taking the focus. */
export function Toasts() {
  const toasts = useSyncExternalStore(onToasts, currentToasts);
  return createPortal(
    <section className="toasts" aria-label="Messages" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastLine key={toast.key} toast={toast} />
      ))}
    </section>,
    document.body,
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  const { key, text, tone } = toast;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => closeToast(key), SHOWN_MS[tone]);
    return () => clearTimeout(timer);
  }, [held, key, text, tone]);
  return (
    <div
      className={`toast ${tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="toast-sign" aria-hidden="true">
        {SIGNS[tone]}
      </span>
      <span className="toast-text">{text}</span>
      <button type="button" aria-label="Close the message" onClick={() => closeToast(key)}>
        ×
      </button>
    </div>
  );
}
