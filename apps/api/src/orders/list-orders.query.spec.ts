import { ProblemException } from '@app/platform';
import { parse } from 'node:querystring';
import { nextPageLink } from '../query';
import { parseListQuery } from './list-orders.query';

function refusedParameters(query: Record<string, unknown>): string[] {
  try {
    parseListQuery(query);
  } catch (error) {
    if (!(error instanceof ProblemException)) throw error;
    expect(error.code).toBe('INVALID_QUERY');
    return error.errors!.map(({ pointer }) => pointer);
  }
  return [];
}

describe('parseListQuery', () => {
  it('asks for everything that fits on a page where nothing is asked for', () => {
    expect(parseListQuery({})).toEqual({ limit: 1000, descending: false });
  });

  it('reads every parameter', () => {
    const query = 'limit=10&cursor=7&order=desc&status=FILLED&item=A%20B&user_id=3';
    expect(parseListQuery(parse(query))).toEqual({
      limit: 10,
      cursor: 7,
      descending: true,
      status: 'FILLED',
      item: 'A B',
      userId: 3,
    });
  });

  it.each(['1', '1000'])('takes the limit %s', (limit) => {
    expect(parseListQuery({ limit })).toMatchObject({ limit: Number(limit) });
  });

  it('sorts upwards on demand too', () => {
    expect(parseListQuery({ order: 'asc' })).toMatchObject({ descending: false });
  });

  it.each([
    ['limit', ['0', '1001', '-1', '1.5', '1e2', '', ' 1', 'all']],
    ['cursor', ['0', '-1', 'x', '', '9007199254740992']],
    ['order', ['', 'up', 'DESC', 'descending']],
    ['status', ['', 'open', 'DONE', 'OPEN,FILLED', 'toString']],
    ['item', ['', ' ', 'a\nb', 'x'.repeat(256), '\ud800']],
    ['user_id', ['0', '-1', 'x', '', '01', '9007199254740992']],
  ])('refuses a wrong %s', (name, values) => {
    for (const value of values) expect(refusedParameters({ [name]: value })).toEqual([name]);
  });

  it.each(['limit', 'cursor', 'order', 'status', 'item', 'user_id'])('wants %s once', (name) => {
    expect(() => parseListQuery({ [name]: ['1', '1'] })).toThrow(`${name} must be given once`);
    expect(refusedParameters({ [name]: { $gt: '' } })).toEqual([name]);
  });

  it.each([
    'page',
    'Limit',
    'userId',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ])('does not know the parameter %p', (name) => {
    expect(refusedParameters(parse(`${name}=1`))).toEqual([name]);
  });

  it('names everything that is wrong at once', () => {
    expect(refusedParameters(parse('limit=0&page=2&order=asc&status=x'))).toEqual([
      'limit',
      'page',
      'status',
    ]);
  });
});

describe('nextPageLink', () => {
  const queryOf = (link: string) => parse(/<\/orders\?(.*)>; rel="next"/.exec(link)![1]!);

  it('keeps what was asked for and moves the cursor', () => {
    const query = parse('limit=10&cursor=7&order=desc&item=A%26B%3D%20%C3%A4');
    expect(parseListQuery(queryOf(nextPageLink('/orders', query, 17)))).toEqual({
      ...parseListQuery(query),
      cursor: 17,
    });
  });

  it('adds a cursor where there was none', () => {
    expect(nextPageLink('/orders', {}, 5)).toBe('</orders?cursor=5>; rel="next"');
  });
});
