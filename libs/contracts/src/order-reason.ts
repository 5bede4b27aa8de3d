/** Why an order ended otherwise than FILLED. A closed list: reasons are only ever added. */
export const ORDER_REASONS = ['USER'] as const;

export type OrderReason = (typeof ORDER_REASONS)[number];
