import { type ReactNode, useId } from 'react';
import './field.css';

interface SelectProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  value: T;
  onChange: (value: T) => void;
  fault?: string | null;
  hint?: ReactNode;
}

/** One of several, where they are too many or too long for a row. */
export function Select<T extends string>({
  label,
  options,
  value,
  onChange,
  fault,
  hint,
}: SelectProps<T>) {
  const id = useId();
  const wrong = fault !== undefined && fault !== null;
  const notes = [wrong ? `${id}-fault` : null, hint === undefined ? null : `${id}-hint`];
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
      </div>
      <div className="field-box" data-wrong={wrong}>
        <select
          id={id}
          value={value}
          aria-invalid={wrong}
          aria-describedby={notes.filter((note) => note !== null).join(' ') || undefined}
          onChange={(event) => {
            const chosen = options.find((each) => each.value === event.target.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((each) => (
            <option key={each.value} value={each.value} disabled={each.disabled}>
              {each.label}
            </option>
          ))}
        </select>
      </div>
      {wrong && (
        <p className="field-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
