import { answerOf, sampleAt } from './fixtures';
import { afterOf, processesOf, withAnswer } from './history';

const seconds = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => sampleAt(from + index));
const timesOf = (history: { moments: readonly { timeMs: number }[] }) =>
  history.moments.map(({ timeMs }) => timeMs / 1000);

describe('withAnswer', () => {
  it('adds what is new, once', () => {
    const first = withAnswer(undefined, answerOf(seconds(1, 3)));
    expect(afterOf(undefined)).toBeUndefined();
    expect(afterOf(first)).toBe('1970-01-01T00:00:03.000Z');
    const second = withAnswer(first, answerOf(seconds(2, 5)));
    expect(timesOf(second)).toEqual([1, 2, 3, 4, 5]);
    expect(timesOf(withAnswer(second, answerOf([])))).toEqual([1, 2, 3, 4, 5]);
  });

  it('forgets what is older than five minutes', () => {
    const first = withAnswer(undefined, answerOf(seconds(1, 10)));
    const later = withAnswer(first, answerOf(seconds(306, 307)));
    expect(timesOf(later)).toEqual([7, 8, 9, 10, 306, 307]);
  });

  it('goes on with what another process answers, and knows it', () => {
    const first = withAnswer(undefined, answerOf(seconds(1, 3), 'a:1'));
    expect(processesOf(first)).toBe(1);
    const second = withAnswer(first, answerOf(seconds(1, 4), 'b:1'));
    expect(timesOf(second)).toEqual([1, 2, 3, 4]);
    expect(second.answer.instance).toBe('b:1');
    expect(processesOf(second)).toBe(2);
  });
});
