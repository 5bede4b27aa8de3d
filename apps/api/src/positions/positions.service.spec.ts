import { toPositionDto } from './positions.service';

const UNITS = { tick: { count: 1, scale: 2 }, lot: { count: 1, scale: 4 } };

const position = (net_lots: string, cost: string, realised = '0') =>
  toPositionDto({ item: 'A', net_lots, cost, realised, updated_at_ms: '1000' }, UNITS);

describe('toPositionDto', () => {
  it('shows what is held and what it cost', () => {
    expect(position('30000', '451000000', '-50')).toEqual({
      item: 'A',
      quantity: '3',
      average_cost: '150.33333333',
      cost: '451',
      realised_profit: '-0.00005',
      updated_at: '1970-01-01T00:00:01.000Z',
    });
  });

  it('shows a short position with a negative quantity and cost, and a positive average', () => {
    expect(position('-20000', '-300000000')).toMatchObject({
      quantity: '-2',
      average_cost: '150.00',
      cost: '-300',
    });
  });

  it('has no average cost when it is flat', () => {
    expect(position('0', '0', '123456')).toMatchObject({
      quantity: '0',
      average_cost: null,
      cost: '0',
      realised_profit: '0.123456',
    });
  });
});
