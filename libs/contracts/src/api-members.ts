import type { ApiPropertyOptions } from '@nestjs/swagger';
import { CLIENT_TOKEN_MAX_LENGTH, CLIENT_TOKEN_PATTERN } from './client-token';
import { ITEM_MAX_CODE_POINTS } from './item';

/** OpenAPI schemas of members that several bodies have. */
export const API_ID = {
  type: 'integer',
  format: 'int64',
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  example: 1,
} satisfies ApiPropertyOptions;

export const API_ITEM = {
  type: 'string',
  minLength: 1,
  maxLength: ITEM_MAX_CODE_POINTS,
  example: 'AAPL',
} satisfies ApiPropertyOptions;

export const API_CLIENT_ORDER_ID = {
  type: 'string',
  description:
    "The client's own name of the order, unique for its user for ever: the same order sent again is answered with " +
    'the first one.',
  pattern: CLIENT_TOKEN_PATTERN,
  maxLength: CLIENT_TOKEN_MAX_LENGTH,
  example: 'my-order-1',
} satisfies ApiPropertyOptions;

/** As sent. */
export const API_DECIMAL = {
  oneOf: [
    { type: 'string', pattern: '^\\d{1,20}(\\.\\d{1,20})?$' },
    { type: 'number', exclusiveMinimum: true, minimum: 0 },
  ],
} satisfies ApiPropertyOptions;

/** As answered. */
export const API_DECIMAL_TEXT = {
  type: 'string',
  pattern: '^-?\\d+(\\.\\d+)?$',
} satisfies ApiPropertyOptions;

export const API_INSTANT = {
  type: 'string',
  format: 'date-time',
  example: '2026-11-22T15:18:29.317Z',
} satisfies ApiPropertyOptions;
