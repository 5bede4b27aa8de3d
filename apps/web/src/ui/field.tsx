import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import './field.css';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  /** What is wrong; stands beside the field and is read out with it. */
  fault?: string | null;
  hint?: ReactNode;
  /** Stands at the right of the label. */
  actions?: ReactNode;
  /** Stands in the box, behind what is typed: a unit. */
  suffix?: string;
}

export function Field({
  label,
  fault,
  hint,
  actions,
  suffix,
  className = '',
  ...rest
}: FieldProps) {
  const id = useId();
  const wrong = fault !== undefined && fault !== null;
  const notes = [wrong ? `${id}-fault` : null, hint === undefined ? null : `${id}-hint`];
  return (
    <div className={`field ${className}`}>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {actions}
      </div>
      <div className="field-box" data-wrong={wrong}>
        <input
          id={id}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong}
          aria-describedby={notes.filter((note) => note !== null).join(' ') || undefined}
          {...rest}
        />
        {suffix !== undefined && (
          <span className="field-suffix" title={suffix}>
            {suffix}
          </span>
        )}
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
