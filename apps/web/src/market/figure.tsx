import { memo } from 'react';
import './figure.css';
import { compact, separated, splitZeros } from './logic/decimal';

interface FigureProps {
  text: string;
  /** Where there is no room for all its digits. */
  short?: boolean;
}

/** A number in a column: separators, and zeros at its end that say nothing are faint. */
export const Figure = memo(function Figure({ text, short = false }: FigureProps) {
  if (short) return <span title={separated(text)}>{compact(text)}</span>;
  const [says, zeros] = splitZeros(text);
  return (
    <>
      {separated(says)}
      {zeros !== '' && <i className="idle-zeros">{zeros}</i>}
    </>
  );
});
