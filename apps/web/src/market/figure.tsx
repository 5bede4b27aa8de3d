import { memo } from 'react';
import './figure.css';
import { separated, splitZeros } from './logic/decimal';

/** A number in a column: separators, and zeros at its end that say nothing are faint. */
export const Figure = memo(function Figure({ text }: { text: string }) {
  const [says, zeros] = splitZeros(text);
  return (
    <>
      {separated(says)}
      {zeros !== '' && <i className="idle-zeros">{zeros}</i>}
    </>
  );
});
