import { INSTRUMENTS } from '../../../apps/simulator/src/model/instruments';
import { Simulator } from '../../../apps/simulator/src/simulator';
import { placeBookOrder, postOrder } from '../../support/processes';

const SEED = 20;
/** As the simulated market has it. */
const ITEM = 'AAPL';

/** Lets simulated traders trade for some seconds: fast, so that there is soon as much to see as after minutes. */
export async function letMarketLive(
  baseUrl: string,
  { seconds, rate = 250, items = 8 }: { seconds: number; rate?: number; items?: number },
): Promise<void> {
  const instruments = INSTRUMENTS.slice(0, items);
  const simulator = new Simulator({ baseUrl, instruments, rate, seed: SEED });
  await simulator.run(AbortSignal.timeout(seconds * 1000));
}

/** Orders of every state and positions of a visitor. */
export async function placeVisitorsOrders(baseUrl: string, userId: number): Promise<void> {
  const own = { user_id: userId, item: ITEM };
  await placeBookOrder(baseUrl, { ...own, side: 'BUY', type: 'MARKET', quantity: 240 });
  await placeBookOrder(baseUrl, { ...own, side: 'BUY', price: '189.50', quantity: 300 });
  await placeBookOrder(baseUrl, {
    ...own,
    side: 'SELL',
    price: '190.90',
    quantity: 400,
    display_quantity: 100,
  });
  await placeBookOrder(baseUrl, {
    ...own,
    side: 'SELL',
    type: 'STOP',
    stop_price: '187.00',
    quantity: 200,
  });
  await placeBookOrder(baseUrl, {
    ...own,
    side: 'BUY',
    price: '1.00',
    quantity: 1,
    post_only: true,
  });
  await placeBookOrder(baseUrl, {
    ...own,
    item: 'BTC-USD',
    side: 'SELL',
    type: 'MARKET',
    quantity: '0.05',
  });
  await postOrder(baseUrl, { ...own, amount: '150.50' });
}
