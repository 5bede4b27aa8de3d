import type { ReactNode } from 'react';
import { Field } from '../../ui/field';
import { type Decimal, format } from '../decimal';
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
  /** What the unit is called; shown while the field is empty. */
  unitName?: string;
}

export function NumberField({
  unit,
  unitName,
  value,
  fault,
  onChange,
  onLeave,
  ...rest
}: NumberFieldProps) {
  return (
    <Field
      {...rest}
      className="number-field"
      inputMode="decimal"
      placeholder={unitName === undefined ? undefined : `${unitName} ${format(unit)}`}
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
