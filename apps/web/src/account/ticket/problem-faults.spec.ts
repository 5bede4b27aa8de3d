import type { Problem } from '../schemas';
import type { Field } from './fields';
import { refusalOf } from './problem-faults';

const problem = (members: Partial<Problem>): Problem => ({
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  code: 'VALIDATION_FAILED',
  detail: 'price must be a positive decimal',
  ...members,
});
const SHOWN = new Set<Field>(['price', 'quantity', 'clientOrderId']);

describe('a refusal', () => {
  it('stands beside the fields that it is about', () => {
    const errors = [
      { pointer: '/price', detail: 'must be a positive decimal' },
      { pointer: '/quantity', detail: 'is too large' },
    ];
    expect(refusalOf(problem({ errors }), SHOWN)).toEqual({
      faults: { price: 'Must be a positive decimal.', quantity: 'Is too large.' },
      message: null,
      code: 'VALIDATION_FAILED',
    });
  });

  it('is told whole where a field of it is not shown', () => {
    const errors = [{ pointer: '/user_id', detail: 'must be an integer' }];
    expect(refusalOf(problem({ errors }), SHOWN)).toMatchObject({
      faults: {},
      message: 'Price must be a positive decimal.',
    });
    expect(refusalOf(problem({}), SHOWN).message).toBe('Price must be a positive decimal.');
  });

  it('of a name that is taken stands beside the name', () => {
    expect(refusalOf(problem({ code: 'DUPLICATE_REQUEST' }), SHOWN).faults.clientOrderId).toContain(
      'Another order',
    );
  });
});
