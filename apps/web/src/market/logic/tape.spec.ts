import { onTape, TAPE_LENGTH } from './tape';

const trades = (...ids: number[]) => ids.map((trade_id) => ({ trade_id }));

describe('the tape', () => {
  it('takes new trades at its top', () => {
    expect(onTape(trades(3, 2, 1), trades(4, 5))).toEqual(trades(5, 4, 3, 2, 1));
  });

  it('takes older ones at its end, and none twice', () => {
    expect(onTape(trades(5, 4), trades(2, 3, 4))).toEqual(trades(5, 4, 3, 2));
  });

  it('stays the same when nothing comes', () => {
    const tape = trades(1);
    expect(onTape(tape, [])).toBe(tape);
  });

  it('is bounded', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({ trade_id: at + 1 }));
    const tape = onTape([], many);
    expect([tape.length, tape[0]?.trade_id]).toEqual([TAPE_LENGTH, 300]);
    expect(onTape(tape, trades(301))).toHaveLength(TAPE_LENGTH);
  });
});
