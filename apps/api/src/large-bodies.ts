/** Paths whose bodies may be large: a batch of 1000 orders, each with the longest item, has 3.5 MB. */
export const LARGE_BODIES = ['/orders/batch'];
