import { useEffect, useRef, useState } from 'react';

/** A value that changes with every frame, as it is every so often: for what is dear to draw and slow to read. */
export function useCalm<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  useEffect(() => {
    const timer = setInterval(() => setShown(() => latest.current), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return shown;
}
