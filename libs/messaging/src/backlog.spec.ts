import { entriesOf, eventsBehind } from './backlog';

describe('eventsBehind', () => {
  const partitions = [
    { partition: 0, low: 0, high: 10 },
    { partition: 1, low: 5, high: 25 },
  ];

  it('adds up what lies behind the checkpoints', () => {
    const checkpoints = [
      { partition_id: 0, next_offset: '8' },
      { partition_id: '1', next_offset: 25 },
    ];
    expect(eventsBehind(partitions, checkpoints)).toBe(2);
  });

  it('counts all of a partition that was never read', () => {
    expect(eventsBehind(partitions, [{ partition_id: 0, next_offset: 10 }])).toBe(20);
  });

  it('does not count events that the log has dropped', () => {
    expect(eventsBehind(partitions, [{ partition_id: 1, next_offset: 2 }])).toBe(30);
  });

  it('is not negative where the log was made anew and the checkpoint lies behind its end', () => {
    expect(eventsBehind(partitions, [{ partition_id: 0, next_offset: 99 }])).toBe(20);
  });
});

describe('entriesOf', () => {
  it.each([
    [{ last_seq: '12', first_seq: '10' }, 3],
    [{ last_seq: 12, first_seq: 12 }, 1],
    [{ last_seq: null, first_seq: null }, 0],
    // Removed between the reading of the one and the other.
    [{ last_seq: null, first_seq: 13 }, 0],
    [{ last_seq: 12, first_seq: 13 }, 0],
  ])('of %j is %i', (span, entries) => {
    expect(entriesOf(span)).toBe(entries);
  });
});
