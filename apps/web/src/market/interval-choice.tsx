import type { CandleInterval } from '@app/client';
import { Choice } from '../ui/choice';
import { INTERVAL_SECONDS } from './logic/candle-series';

const INTERVALS = Object.keys(INTERVAL_SECONDS) as CandleInterval[];
const OPTIONS = INTERVALS.map((value) => ({ value, label: value }));

interface IntervalChoiceProps {
  /** Null while it is not known. */
  value: CandleInterval | null;
  onChange: (value: CandleInterval) => void;
}

export function IntervalChoice({ value, onChange }: IntervalChoiceProps) {
  return (
    <Choice
      label="Interval of the candles"
      className="interval-choice"
      options={OPTIONS}
      value={value}
      onChange={onChange}
    />
  );
}
