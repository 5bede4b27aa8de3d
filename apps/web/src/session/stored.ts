import { useCallback, useState } from 'react';

/**
 * State that survives a reload.
 * @param parse turns the stored text, which may be anything, into a value.
 */
export function useStored<T extends string | number>(
  key: string,
  parse: (text: string | null) => T,
): [T, (value: T) => void] {
  const [value, setValue] = useState(() => parse(window.localStorage.getItem(`tradeflow.${key}`)));
  const store = useCallback(
    (next: T) => {
      window.localStorage.setItem(`tradeflow.${key}`, String(next));
      setValue(next);
    },
    [key],
  );
  return [value, store];
}
