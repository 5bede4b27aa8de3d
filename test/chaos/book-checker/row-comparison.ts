/**
 * Compares rows as they must be with those that are stored, whatever their order.
 * @param keyOf what names a row.
 * @returns what is missing, too much, there twice, or different.
 */
export function compareRows<R extends object>(
  what: string,
  expected: readonly R[],
  stored: readonly R[],
  keyOf: (row: R) => string,
): string[] {
  const faults: string[] = [];
  const left = new Map(expected.map((row) => [keyOf(row), row]));
  const seen = new Set<string>();
  for (const row of stored) {
    const key = keyOf(row);
    const right = left.get(key);
    left.delete(key);
    if (seen.has(key)) faults.push(`${what} ${key} is there twice`);
    else if (right === undefined) faults.push(`${what} ${key} should not be: ${show(row)}`);
    else faults.push(...differences(`${what} ${key}`, right, row));
    seen.add(key);
  }
  for (const [key, row] of left) faults.push(`${what} ${key} is missing: ${show(row)}`);
  return faults;
}

/** @returns one line for each member of `expected` that `stored` has otherwise. */
export function differences<R extends object>(what: string, expected: R, stored: R): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = (stored as Record<string, unknown>)[name];
    return Object.is(found, value)
      ? []
      : [`${what}: ${name} is ${String(found)}, not ${String(value)}`];
  });
}

export function show(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  );
}
