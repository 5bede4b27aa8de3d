import { CreateBookOrderDto, CreateOrderDto, PutMarketDto } from '@app/contracts';
import type { Type } from '@nestjs/common';
import { validateSync } from 'class-validator';
import { DtoChecks } from './dto-checks';

const VALUES: unknown[] = [
  undefined,
  null,
  true,
  0,
  1,
  -1,
  1.5,
  2 ** 53,
  Number.NaN,
  '',
  '1',
  '0.00',
  '1e2',
  'BUY',
  'GTD',
  'STOP',
  'HALTED',
  'CANCEL_BOTH',
  ' ',
  'a b',
  'a'.repeat(65),
  '2026-11-22T15:18:29Z',
  '2026-02-30T15:18:29Z',
  '2026-11-22',
  [],
  ['1'],
  {},
  { toString: () => '1' },
];

/** What class-validator itself says: the first message of each member, by name. */
function faultsByValidator(dto: Type, body: Record<string, unknown>): Record<string, string> {
  const options = { stopAtFirstError: true, whitelist: false };
  const failures = validateSync(Object.assign(new dto() as object, body), options);
  return Object.fromEntries(
    failures.map(({ property, constraints }) => [property, Object.values(constraints!)[0]!]),
  );
}

describe('DtoChecks', () => {
  it.each<[string, Type]>([
    ['a plain order', CreateOrderDto],
    ['a book order', CreateBookOrderDto],
    ['a market', PutMarketDto],
  ])('finds in the members of %s what class-validator finds', (what, dto) => {
    const checks = new DtoChecks(dto, what);
    expect(checks.names.size).toBeGreaterThanOrEqual(4);
    for (const name of checks.names) {
      for (const value of VALUES) {
        const body = { [name]: value };
        const faults = (checks.faultsOf(body) ?? []).map(({ pointer, detail }) => [
          pointer.slice(1),
          detail,
        ]);
        expect(Object.fromEntries(faults)).toEqual(faultsByValidator(dto, body));
      }
    }
  });

  it('refuses a member that the DTO does not name, also one of every object', () => {
    const checks = new DtoChecks(PutMarketDto, 'a market');
    const body: unknown = JSON.parse('{"state":"HALTED","colour":1,"__proto__":1,"toString":2}');
    expect(checks.faultsOf(body as Record<string, unknown>)).toEqual([
      { pointer: '/colour', detail: 'is not a member of a market' },
      { pointer: '/__proto__', detail: 'is not a member of a market' },
      { pointer: '/toString', detail: 'is not a member of a market' },
    ]);
  });

  it('says null of a body without a fault', () => {
    expect(new DtoChecks(PutMarketDto, 'a market').faultsOf({ tick_size: 0.25 })).toBeNull();
  });
});
