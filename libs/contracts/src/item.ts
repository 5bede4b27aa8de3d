/** Longest item in Unicode code points: the width of the `orders.item` column. */
export const ITEM_MAX_CODE_POINTS = 255;

const CONTROL_CHARACTERS = /\p{Cc}/u;

/**
 * Any text of 1 to 255 code points that is not blank, holds no control character and is well-formed
 * Unicode (a lone surrogate has no UTF-8 form, so it could be neither stored nor published).
 */
export function isItem(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 2 * ITEM_MAX_CODE_POINTS &&
    value.trim() !== '' &&
    value.isWellFormed() &&
    !CONTROL_CHARACTERS.test(value) &&
    Array.from(value).length <= ITEM_MAX_CODE_POINTS
  );
}
