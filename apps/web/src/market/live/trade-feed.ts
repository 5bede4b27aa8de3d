import type { components, Subscription } from '@app/client';
import { client } from '../../client';
import { onTape, TAPE_LENGTH } from '../logic/tape';

type Trade = components['schemas']['TradeDto'];

/** The stream begins with the last 50 trades; those before come from REST. */
export function openTape(item: string, publish: (tape: readonly Trade[]) => void): Subscription {
  let tape: readonly Trade[] = [];
  let abort = new AbortController();
  const fillUp = () => {
    abort.abort();
    abort = new AbortController();
    history(item, abort.signal).then(
      (older) => {
        tape = onTape(tape, older);
        publish(tape);
      },
      // Without it the tape is shorter; what is live goes on.
      () => undefined,
    );
  };
  const subscription = client.stream.trades(item, (trades, reset) => {
    tape = onTape(reset ? [] : tape, trades);
    publish(tape);
    const oldest = tape.at(-1)?.trade_id ?? 1;
    if (reset && oldest > 1 && tape.length < TAPE_LENGTH) fillUp();
  });
  return {
    close() {
      abort.abort();
      subscription.close();
    },
  };
}

async function history(item: string, signal: AbortSignal): Promise<readonly Trade[]> {
  const { data } = await client.rest.GET('/markets/{item}/trades', {
    params: { path: { item }, query: { order: 'desc', limit: TAPE_LENGTH } },
    signal,
  });
  return data ?? [];
}
