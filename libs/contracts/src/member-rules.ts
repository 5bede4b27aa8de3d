import { applyDecorators } from '@nestjs/common';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import { isClientToken } from './client-token';
import { parseInstant } from './instant';
import { isItem } from './item';

/** Rules of members that several bodies have. Each says what the member must be, in words that follow its name. */

/** A rule of its own: `holds` says whether a value keeps it. It must not throw, whatever the value. */
export function Holds(
  name: string,
  holds: (value: unknown) => boolean,
  message: string,
): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: holds, defaultMessage: () => message } });
}

export function IsId(): PropertyDecorator {
  // The first is asked first: its message is the one that a value of another type gets.
  return applyDecorators(
    IsInt({ message: 'must be an integer' }),
    Min(1, { message: 'must be at least 1' }),
    Max(Number.MAX_SAFE_INTEGER, { message: 'must be at most 2^53-1' }),
  );
}

export function IsItem(): PropertyDecorator {
  const message = 'must be text of 1 to 255 characters, not blank, without control characters';
  return Holds('isItem', isItem, message);
}

export function IsClientToken(): PropertyDecorator {
  const message = 'must be 1 to 64 printable ASCII characters without a space';
  return Holds('isClientToken', isClientToken, message);
}

const DECIMAL = /^\d{1,20}(?:\.\d{1,20})?$/;
const ZERO = /^0+(?:\.0+)?$/;

export function isPositiveDecimal(value: unknown): value is string | number {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value);
  return DECIMAL.test(text) && !ZERO.test(text);
}

export function IsPositiveDecimal(): PropertyDecorator {
  const message = 'must be a positive decimal, as a string or a number';
  return Holds('isPositiveDecimal', isPositiveDecimal, message);
}

export function IsInstant(): PropertyDecorator {
  const message = 'must be a time with its zone (ISO 8601), as in 2026-11-22T15:18:29Z';
  return Holds('isInstant', (value) => parseInstant(value) !== null, message);
}

export function IsOneOf(values: readonly string[]): PropertyDecorator {
  return Holds(
    'isOneOf',
    (value) => typeof value === 'string' && values.includes(value),
    `must be one of ${values.join(', ')}`,
  );
}

export function IsFlag(): PropertyDecorator {
  return Holds('isFlag', (value) => typeof value === 'boolean', 'must be true or false');
}
