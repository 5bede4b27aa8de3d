import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import './choice.css';

interface ChoiceProps<T extends string> {
  /** What is chosen, for screen readers. */
  label: string;
  options: readonly { value: T; label: ReactNode; className?: string }[];
  /** Null where nothing is chosen yet. */
  value: T | null;
  onChange: (value: NoInfer<T>) => void;
  className?: string;
}

/** A row of alternatives, one of which holds: a radio group, moved through by the arrow keys. */
export function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
  className = '',
}: ChoiceProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowDown: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = options.findIndex((each) => each.value === value);
    const next = options[(at + step + options.length) % options.length];
    if (next === undefined) return;
    onChange(next.value);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[options.indexOf(next)]?.focus();
  };
  return (
    <div
      ref={group}
      className={`choice ${className}`}
      role="radiogroup"
      aria-label={label}
      onKeyDown={move}
    >
      {options.map((each, index) => (
        <button
          key={each.value}
          type="button"
          role="radio"
          aria-checked={each.value === value}
          tabIndex={each.value === value || (value === null && index === 0) ? 0 : -1}
          className={each.className}
          onClick={() => onChange(each.value)}
        >
          {each.label}
        </button>
      ))}
    </div>
  );
}
