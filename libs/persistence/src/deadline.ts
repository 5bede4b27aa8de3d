/** The store did not answer in time. */
class DeadlineError extends Error {
  readonly code = 'ETIMEDOUT';
}

/** @throws an error with the code ETIMEDOUT when the work has not ended at `deadlineMs`; the work itself goes on. */
export async function withDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const waitMs = Math.max(0, deadlineMs - Date.now());
    timer = setTimeout(() => reject(new DeadlineError('the store did not answer in time')), waitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
