import { parseId } from './id';

describe('parseId', () => {
  it.each([
    ['1', 1],
    ['42', 42],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %p', (text, id) => {
    expect(parseId(text)).toBe(id);
  });

  it.each(['9007199254740992', '9007199254740993', '9999999999999999', '10000000000000000'])(
    'refuses %p, which no double tells from its neighbours',
    (text) => {
      expect(parseId(text)).toBeNull();
    },
  );

  it.each(['0', '00', '01', '-1', '+1', '1.0', '1e3', '0x1', ' 1', '1 ', '1\n', '', '१', 'abc'])(
    'refuses %p',
    (text) => {
      expect(parseId(text)).toBeNull();
    },
  );

  it.each([[1], [1n], [null], [undefined], [['1']], [{ toString: () => '1' }], [true]])(
    'refuses what is not text: %p',
    (value) => {
      expect(parseId(value)).toBeNull();
    },
  );
});
