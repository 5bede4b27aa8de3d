import { parseInstant } from './instant';

describe('parseInstant', () => {
  it.each([
    ['2026-11-22T15:18:29.317Z', 1795360709317],
    ['2026-11-22T15:18:29Z', 1795360709000],
    ['2026-11-22T15:18Z', 1795360680000],
    ['2026-11-22T16:18:29.317+01:00', 1795360709317],
    ['2026-11-22T15:18:29.3179999Z', 1795360709317],
    ['1970-01-01T00:00:00Z', 0],
  ])('reads %s', (text, time) => {
    expect(parseInstant(text)).toBe(time);
  });

  it.each([
    '',
    '2026-11-22',
    '2026-11-22T15:18:29',
    '2026-11-22 15:18:29Z',
    '2026-11-22T25:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    'tomorrow',
    '1795360709317',
    '2026-11-22T15:18:29.317z',
  ])('refuses %s', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it.each([[1], [null], [undefined], [new Date()], [['2026-11-22T15:18:29Z']]])(
    'refuses what is not text: %p',
    (value) => {
      expect(parseInstant(value)).toBeNull();
    },
  );
});
