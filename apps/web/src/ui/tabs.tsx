import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import './tabs.css';

interface TabsProps<T extends string> {
  label: string;
  tabs: readonly { value: T; label: ReactNode }[];
  value: T;
  onChange: (value: NoInfer<T>) => void;
  /** What the chosen tab shows. */
  children: ReactNode;
  /** Stands at the right of the tabs. */
  actions?: ReactNode;
}

/** A framed part of the page with several faces (the tabs pattern of ARIA's authoring practices). */
export function Tabs<T extends string>({
  label,
  tabs,
  value,
  onChange,
  children,
  actions,
}: TabsProps<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex((each) => each.value === value);
    const next = (at + step + tabs.length) % tabs.length;
    const chosen = tabs[next];
    if (chosen === undefined) return;
    onChange(chosen.value);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <section className="panel tabs" aria-label={label}>
      <header className="panel-head">
        <div ref={list} role="tablist" aria-label={label} onKeyDown={move}>
          {tabs.map((tab) => (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              aria-selected={tab.value === value}
              aria-controls={`${id}-face`}
              tabIndex={tab.value === value ? 0 : -1}
              onClick={() => onChange(tab.value)}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {actions}
      </header>
      <div
        className="panel-body"
        role="tabpanel"
        id={`${id}-face`}
        aria-labelledby={`${id}-${value}`}
      >
        {children}
      </div>
    </section>
  );
}
