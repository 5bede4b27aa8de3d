import { axisMark, barTime, fullTime, tapeTime } from './times';

const local = new Date(2026, 10, 22, 9, 5, 7, 8);
const iso = local.toISOString();
const seconds = Math.floor(local.getTime() / 1000);

describe('times', () => {
  it('shows the time of day of what is fresh, the date of what is old', () => {
    expect(tapeTime(iso, local.getTime() + 1000)).toBe('09:05:07');
    expect(tapeTime(iso, local.getTime() + 2 * 86_400_000)).toBe('Nov 22 09:05');
    expect(fullTime(iso)).toBe('2026-11-22 09:05:07.008');
  });

  it('calls bars by what their interval needs', () => {
    expect(barTime(seconds, 1)).toBe('Nov 22, 09:05:07');
    expect(barTime(seconds, 300)).toBe('Nov 22, 09:05');
    expect(barTime(Date.UTC(2026, 10, 22) / 1000, 86_400)).toBe('Nov 22, 2026');
  });

  it('marks the axis', () => {
    const marks = (['year', 'month', 'day', 'time', 'second'] as const).map((mark) =>
      axisMark(seconds, mark, 60),
    );
    expect(marks).toEqual(['2026', 'Nov', 'Nov 22', '09:05', '09:05:07']);
    expect(axisMark(Date.UTC(2026, 10, 22) / 1000, 'day', 86_400)).toBe('22');
  });
});
