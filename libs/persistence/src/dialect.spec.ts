import { placeholders, valuesList } from './dialect';

describe('placeholders', () => {
  it.each([
    [0, ''],
    [1, '?'],
    [3, '?,?,?'],
  ])('writes %d as "%s"', (count, sql) => {
    expect(placeholders(count)).toBe(sql);
  });
});

describe('valuesList', () => {
  it.each([
    [1, 1, '(?)'],
    [1, 3, '(?,?,?)'],
    [3, 2, '(?,?),(?,?),(?,?)'],
    [0, 2, ''],
  ])('writes %d rows of %d columns as "%s"', (rows, columns, sql) => {
    expect(valuesList(rows, columns)).toBe(sql);
  });
});
