import { progressLine } from './progress-line';

const FACTS = { page: 'http://localhost:8000/', items: 8, trouble: null };
const BEFORE = { seconds: 3600, orders: 1_234_000, trades: 500 };
const NOW = { seconds: 3725.9, orders: 1_234_567, trades: 500 };

describe('progressLine', () => {
  it('says where to look and how fast it goes', () => {
    expect(progressLine(FACTS, BEFORE, { ...NOW, seconds: 3605, trades: 630 })).toBe(
      'http://localhost:8000/   113 orders/s   26 trades/s   8 items   1,234,567 orders   01:00:05',
    );
    expect(progressLine(FACTS, BEFORE, NOW)).toContain('01:02:05');
  });

  it('says why nothing goes on', () => {
    const line = progressLine({ ...FACTS, trouble: 'ECONNREFUSED' }, BEFORE, NOW);
    expect(line).toContain('waiting for the api (ECONNREFUSED)');
    expect(line).not.toContain('orders/s');
  });

  it('knows no rate before any time has passed', () => {
    expect(progressLine(FACTS, BEFORE, BEFORE)).toContain('0 orders/s   0 trades/s');
  });
});
