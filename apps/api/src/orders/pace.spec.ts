import { Pace } from './pace';

describe('Pace', () => {
  it('knows nothing before the first commit', () => {
    expect(new Pace().timeFor(1_000_000)).toBe(0);
  });

  it('expects what it has seen', () => {
    const pace = new Pace();
    pace.note(100, 50);
    expect(pace.timeFor(400)).toBe(200);
  });

  it('follows a change after some commits, not after one', () => {
    const pace = new Pace();
    pace.note(100, 10);
    pace.note(100, 1000);
    expect(pace.timeFor(100)).toBeLessThan(15);
    for (let commit = 0; commit < 30; commit += 1) pace.note(100, 1000);
    expect(pace.timeFor(100)).toBeGreaterThan(900);
  });

  it('takes a commit without a duration for one of a millisecond', () => {
    const pace = new Pace();
    pace.note(10, 0);
    expect(pace.timeFor(10)).toBe(1);
  });
});
