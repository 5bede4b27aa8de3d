import { intentFor, randomKey } from './intent';

describe('an intent', () => {
  const body = { user_id: 1, item: 'A', amount: '1' };

  it('keeps its key while nobody knows what became of it', () => {
    const first = intentFor(body, null, randomKey);
    expect(intentFor({ ...body }, first, randomKey)).toBe(first);
  });

  it('of another order is another', () => {
    const first = intentFor(body, null, randomKey);
    expect(intentFor({ ...body, amount: '2' }, first, randomKey).key).not.toBe(first.key);
    expect(intentFor(body, null, randomKey).key).not.toBe(first.key);
  });

  it('has a key that the api takes', () => {
    expect(randomKey()).toMatch(/^[\x21-\x7e]{1,64}$/);
  });
});
