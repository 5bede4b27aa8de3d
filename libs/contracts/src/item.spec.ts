import { isItem, ITEM_MAX_CODE_POINTS } from './item';

describe('isItem', () => {
  it.each(['AAPL', 'a', ' AAPL ', 'BRK.B', '💰', 'Ä/ö', "'; DROP TABLE orders; --", '\u200d', '0'])(
    'takes %p',
    (text) => {
      expect(isItem(text)).toBe(true);
    },
  );

  it.each(['', ' ', '   ', '\u00a0', '\u2003\u3000', '\ufeff'])('refuses the blank %j', (text) => {
    expect(isItem(text)).toBe(false);
  });

  it.each(['\u0000', 'a\u0000b', 'a\nb', 'a\tb', '\r\nAAPL', 'a\u001b[0m', '\u007fa', 'a\u0085b'])(
    'refuses the control character in %j',
    (text) => {
      expect(isItem(text)).toBe(false);
    },
  );

  it.each(['\ud83d', 'a\ud800', '\udfffb', '\udca9\ud83d', '\ud83d\ud83d\udca9'])(
    'refuses the lone surrogate in %j',
    (text) => {
      expect(isItem(text)).toBe(false);
    },
  );

  it.each(['a', 'ß', '漢', '💰'])('takes 255 times %p, and not one more', (character) => {
    const longest = character.repeat(ITEM_MAX_CODE_POINTS);
    expect([isItem(longest), isItem(longest + character)]).toEqual([true, false]);
  });

  it('counts code points, not the characters that a reader sees', () => {
    const family = '👨‍👩‍👧';
    expect(Array.from(family)).toHaveLength(5);
    expect([isItem(family.repeat(51)), isItem(family.repeat(52))]).toEqual([true, false]);
  });

  it('does not count what is far too long', () => {
    expect(isItem('a'.repeat(5_000_000))).toBe(false);
  });

  it.each([[null], [undefined], [1], [true], [['AAPL']], [{}], [{ length: 1 }], [1n]])(
    'refuses other types: %p',
    (value) => {
      expect(isItem(value)).toBe(false);
    },
  );
});
