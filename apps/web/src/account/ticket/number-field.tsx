import type { ReactNode } from 'react';
import { Field } from '../../ui/field';
import type { Decimal } from '../decimal';
import { step } from '../number-entry';

interface NumberFieldProps {
  label: string;
  value: string;
  /** The arrow keys go by it; with Shift by ten of it. */
  unit: Decimal;
  fault: string | undefined;
  onChange: (value: string) => void;
  onLeave: () => void;
  suffix?: string;
  hint?: ReactNode;
  actions?: ReactNode;
  name: string;
}

export function NumberField({ unit, value, fault, onChange, onLeave, ...rest }: NumberFieldProps) {
  return (
    <Field
      {...rest}
      className="number-field"
      inputMode="decimal"
      value={value}
      fault={fault ?? null}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        const direction = event.key === 'ArrowUp' ? 1 : -1;
        onChange(step(value, unit, direction, event.shiftKey ? 10n : 1n));
      }}
    />
  );
}
