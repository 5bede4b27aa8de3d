import { API_ID } from '@app/contracts';
import type { ApiQueryOptions } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { MAX_PAGE } from './query';

/** OpenAPI: parts of lists that are read page by page. */
export const LINK_HEADER = {
  Link: { description: 'The next page, while there is one.', schema: { type: 'string' } },
} as const;

export function limitQuery(max = MAX_PAGE, byDefault = max): ApiQueryOptions {
  return {
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: max, default: byDefault },
  };
}

/** Documents `limit`, `cursor` and `order`. */
export function ApiPageQueries(cursorDescription: string): MethodDecorator {
  return applyDecorators(
    ApiQuery(limitQuery()),
    ApiQuery({
      name: 'cursor',
      required: false,
      description: cursorDescription,
      schema: API_ID,
    }),
    ApiQuery({
      name: 'order',
      required: false,
      enum: ['asc', 'desc'],
      schema: { type: 'string', default: 'asc' },
    }),
  );
}
