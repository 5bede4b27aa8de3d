/** A tick or lot: turns whole numbers of it into decimal texts and back, without a rounding error. */
export class Unit {
  private readonly digits: number;
  private readonly scale: number;

  /** @param text a positive decimal: `0.01`, `0.5`, `1000`. */
  constructor(text: string) {
    const [whole = '', fraction = ''] = text.split('.');
    this.scale = fraction.length;
    this.digits = Number(whole + fraction);
    if (!Number.isSafeInteger(this.digits) || this.digits <= 0) {
      throw new Error(`no unit: ${text}`);
    }
  }

  /** @returns the text of `count` units. */
  textOf(count: number): string {
    const digits = String(count * this.digits).padStart(this.scale + 1, '0');
    if (this.scale === 0) return digits;
    return `${digits.slice(0, -this.scale)}.${digits.slice(-this.scale)}`;
  }

  /** @returns how many units come nearest. */
  countOf(value: number | string): number {
    return Math.round((Number(value) * 10 ** this.scale) / this.digits);
  }
}
