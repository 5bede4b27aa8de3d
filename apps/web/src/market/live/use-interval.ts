import type { CandleInterval } from '@app/client';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../client';
import { useStored } from '../../session/stored';
import { INTERVAL_SECONDS } from '../logic/candle-series';

/** With fewer minutes than these a chart of minutes would be mostly empty. */
const ENOUGH_MINUTES = 20;

/**
 * The interval of the candles: what was chosen last, until then minutes, or seconds where trading has only begun.
 * @returns null while it is not known yet.
 */
export function useInterval(
  item: string | null,
): [CandleInterval | null, (interval: CandleInterval) => void] {
  const [chosen, choose] = useStored('interval', parseInterval);
  const { data, isError } = useQuery({
    queryKey: ['fitting interval', item],
    queryFn: ({ signal }) => fittingInterval(item ?? '', signal),
    enabled: chosen === '' && item !== null,
    staleTime: Infinity,
  });
  if (chosen !== '') return [chosen, choose];
  return [data ?? (isError ? '1m' : null), choose];
}

/** @returns '' where nothing was chosen. */
function parseInterval(text: string | null): CandleInterval | '' {
  return text !== null && isInterval(text) ? text : '';
}

function isInterval(text: string): text is CandleInterval {
  return Object.hasOwn(INTERVAL_SECONDS, text);
}

async function fittingInterval(item: string, signal: AbortSignal): Promise<CandleInterval> {
  const { data, error } = await client.rest.GET('/markets/{item}/candles', {
    params: { path: { item }, query: { interval: '1m', limit: ENOUGH_MINUTES } },
    signal,
  });
  if (data === undefined) throw new Error(error.detail);
  return data.length < ENOUGH_MINUTES ? '1s' : '1m';
}
