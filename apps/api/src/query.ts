import { isItem, parseId, parseInstant, type ProblemError } from '@app/contracts';
import { invalidParameters } from './problem-errors';

export type Query = Readonly<Record<string, unknown>>;

/** A parameter of a query: what its text means, null where it means nothing; and what it must be, in words. */
export interface Parameter<T> {
  read(text: string): T | null;
  must: string;
}

type Values<P> = { [Name in keyof P]?: P[Name] extends Parameter<infer T> ? T : never };

/** Most rows that a page has. */
export const MAX_PAGE = 1000;

export const ID: Parameter<number> = { read: parseId, must: 'must be a positive integer' };
export const ITEM: Parameter<string> = {
  read: (text) => (isItem(text) ? text : null),
  must: 'must be text of 1 to 255 characters',
};
export const INSTANT: Parameter<number> = {
  read: parseInstant,
  must: 'must be a time with its zone (ISO 8601)',
};
/** Whether to sort downwards. */
export const ORDER: Parameter<boolean> = {
  read: (text) => (text === 'asc' || text === 'desc' ? text === 'desc' : null),
  must: 'must be asc or desc',
};

export function integer(min: number, max: number): Parameter<number> {
  return {
    read: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : null;
    },
    must: `must be an integer from ${min} to ${max}`,
  };
}

export function oneOf<T extends string>(values: readonly T[]): Parameter<T> {
  return {
    read: (text) => values.find((value) => value === text) ?? null,
    must: `must be one of ${values.join(', ')}`,
  };
}

/** Parameters of every list that is read page by page. */
export const PAGE = { limit: integer(1, MAX_PAGE), cursor: ID, order: ORDER };

export interface Page {
  /** What the last row of the page before was, as its `Link` says. */
  cursor?: number;
  descending: boolean;
  limit: number;
}

/**
 * Reads a query.
 * @throws ProblemException INVALID_QUERY for a parameter that is unknown, repeated or out of range.
 */
export function readQuery<P extends Record<string, Parameter<unknown>>>(
  query: Query,
  parameters: P,
): Values<P> {
  const values: Record<string, unknown> = {};
  const errors: ProblemError[] = [];
  for (const [name, text] of Object.entries(query)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      errors.push({ pointer: name, detail: 'is not a parameter of this endpoint' });
    } else if (typeof text !== 'string') {
      errors.push({ pointer: name, detail: 'must be given once' });
    } else {
      const value = parameter.read(text);
      if (value === null) errors.push({ pointer: name, detail: parameter.must });
      else values[name] = value;
    }
  }
  if (errors.length > 0) throw invalidParameters(errors);
  return values as Values<P>;
}

/** Which page a query asks for; as many rows as there may be when it does not say. */
export function pageOf(values: Values<typeof PAGE>): Page {
  const { cursor, limit = MAX_PAGE, order = false } = values;
  return { ...(cursor === undefined ? {} : { cursor }), limit, descending: order };
}

/** The header `Link` that names the page behind this one. */
export function nextPageLink(path: string, query: Query, cursor: string | number): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
  parameters.set('cursor', String(cursor));
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
