import { Rate } from './rate';

describe('Rate', () => {
  it('is what a number rises by in a second, whenever it is read', () => {
    const rate = new Rate();
    expect(rate.next(100, 0)).toBeNull();
    expect(rate.next(150, 1000)).toBe(50);
    expect(rate.next(250, 3000)).toBe(50);
    expect(rate.next(250, 4000)).toBe(0);
  });

  it('says nothing of a time in which the number was not read', () => {
    const rate = new Rate();
    rate.next(100, 0);
    expect(rate.next(null, 1000)).toBeNull();
    expect(rate.next(900, 2000)).toBeNull();
    expect(rate.next(910, 3000)).toBe(10);
  });

  it('begins anew where the number fell', () => {
    const rate = new Rate();
    rate.next(100, 0);
    expect(rate.next(5, 1000)).toBeNull();
    expect(rate.next(7, 2000)).toBe(2);
  });
});
