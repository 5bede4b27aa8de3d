import { useEffect, useRef } from 'react';

const NAME = 'TradeFlow';
const EVERY_MS = 500;

/** What the browser's tab says; not more often than it can be read. */
export function useTitle(text: string): void {
  const wanted = useRef(text);
  useEffect(() => {
    wanted.current = text;
  }, [text]);
  useEffect(() => {
    const write = () => {
      if (document.title !== wanted.current) document.title = wanted.current;
    };
    write();
    const timer = setInterval(write, EVERY_MS);
    return () => {
      clearInterval(timer);
      document.title = NAME;
    };
  }, []);
}
