import { BoundedRead } from './bounded-read';

const TIMEOUT_MS = 10;

describe('BoundedRead', () => {
  it('gives what was read', async () => {
    const bounded = new BoundedRead(
      () => Promise.resolve(7),
      TIMEOUT_MS,
      () => undefined,
    );
    expect(await bounded.next()).toBe(7);
    expect(await bounded.next()).toBe(7);
  });

  it('gives null for what fails, says why, and reads again', async () => {
    const reasons: unknown[] = [];
    let reads = 0;
    const read = () => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('away')) : Promise.resolve(reads);
    };
    const bounded = new BoundedRead(read, TIMEOUT_MS, (error) => reasons.push(error));
    expect(await bounded.next()).toBeNull();
    expect(reasons).toEqual([new Error('away')]);
    expect(await bounded.next()).toBe(2);
  });

  it('does not wait for what hangs, and asks nothing more until it has ended', async () => {
    let reads = 0;
    let finish: (value: number) => void = () => undefined;
    const read = () => {
      reads += 1;
      return new Promise<number>((resolve) => {
        finish = resolve;
      });
    };
    const bounded = new BoundedRead(read, TIMEOUT_MS, () => undefined);
    expect(await bounded.next()).toBeNull();
    expect(await bounded.next()).toBeNull();
    expect(reads).toBe(1);
    finish(1);
    await Promise.resolve();
    await Promise.resolve();
    const next = bounded.next();
    finish(2);
    expect(await next).toBe(2);
    expect(reads).toBe(2);
  });
});
