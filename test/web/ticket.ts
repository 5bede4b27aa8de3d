import { getJson, type Order, orderBecomes, placeBookOrder, putMarket } from '../support/processes';
import type { PageServer } from './support/page-server';
import { TradingPage } from './support/trading-page';

/** On apps and a browser that others use too. */
export function ticketTests(server: PageServer): void {
  describe('the ticket', () => {
    const baseUrl = () => server.deployment().baseUrl;
    const ordersOf = (userId: number) => getJson<Order[]>(baseUrl(), `/orders?user_id=${userId}`);

    it('says what is wrong before anything is sent', async () => {
      const { page } = await server.open('#/trade/CHECK', { userId: 21 });
      const trading = new TradingPage(page);
      await trading.connectionIs('Live');
      let posts = 0;
      page.on('request', (request) => {
        if (request.method() === 'POST') posts += 1;
      });
      const faultOf = async (name: string): Promise<string> => {
        const field = trading.field(name);
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
        const texts = await Promise.all(
          ids.map((id) => page.locator(`[id="${id}"]`).allTextContents()),
        );
        return texts.flat().join(' ');
      };

      await trading.submit().click();
      await trading.until(async () => expect(await faultOf('Price')).toMatch(/price/i));
      expect(await faultOf('Quantity')).toMatch(/quantity/i);
      // Who sends it without a price is led to the price.
      await trading.until(async () => expect(await trading.focusedField()).toBe('price'));
      await trading.place({ price: '100.005', quantity: '1' });
      await trading.until(async () => expect(await faultOf('Price')).toMatch(/0\.01/));
      await trading.place({ price: '-5', quantity: 'many' });
      await trading.until(async () => expect(await faultOf('Quantity')).not.toBe(''));
      await trading.place({ price: '90000000', quantity: '90000000' });
      await trading.until(async () => expect(await faultOf('Quantity')).toMatch(/too large/));
      expect(posts).toBe(0);
      expect(await ordersOf(21)).toEqual([]);
    }, 90_000);

    it('says what the api has refused', async () => {
      await putMarket(baseUrl(), 'TWICE', {});
      const { page, watch } = await server.open('#/trade/TWICE', { userId: 22 });
      const trading = new TradingPage(page);
      await trading.connectionIs('Live');
      await placeBookOrder(baseUrl(), { user_id: 22, item: 'TWICE', client_order_id: 'mine' });
      watch.excuse(/409 \(Conflict\)/);
      await trading.ticket.getByText('More', { exact: true }).click();
      await trading.fillIn({ price: '90.00', quantity: '1' });
      await trading.ticket.getByRole('textbox', { name: /client order id|name/i }).fill('mine');
      await trading.submit().click();
      await trading.ticket.getByText('Another order has this name').waitFor();
      expect(await ordersOf(22)).toHaveLength(1);
    }, 90_000);

    it('places nothing in a market that is halted', async () => {
      await putMarket(baseUrl(), 'HALTED', { state: 'HALTED' });
      const { page } = await server.open('#/trade/HALTED', { userId: 23 });
      const trading = new TradingPage(page);
      await trading.fillIn({ price: '90.00', quantity: '1' });
      await trading.until(async () =>
        expect(await trading.ticket.getByRole('alert').innerText()).toMatch(/halted/i),
      );
      expect(await trading.submit().getAttribute('aria-disabled')).toBe('true');
      await trading.field('Quantity').press('Enter');
      expect(await ordersOf(23)).toEqual([]);
    }, 90_000);

    it('tells what the matcher has refused', async () => {
      await placeBookOrder(baseUrl(), { user_id: 25, item: 'CROSS', side: 'SELL', price: '10.00' });
      const { page } = await server.open('#/trade/CROSS', { userId: 24 });
      const trading = new TradingPage(page);
      await trading.ladderHas('Asks', [[10, 10]]);
      await trading.ticket.getByRole('radio', { name: 'FOK' }).click();
      await trading.place({ price: '10.00', quantity: '11' });
      await trading.says(/Order \d+ refused/);
    }, 90_000);

    it('places and cancels an order by keys alone', async () => {
      const { page } = await server.open('#/trade/KEYS', { userId: 26 });
      const trading = new TradingPage(page);
      await trading.connectionIs('Live');
      const keyboard = page.keyboard;
      await keyboard.press('s');
      await trading.until(async () => expect(await trading.focusedField()).toBe('price'));
      await keyboard.type('20.00');
      await keyboard.press('Shift+ArrowUp');
      await tabTo(trading, 'Quantity');
      await keyboard.type('3');
      await keyboard.press('Enter');
      const id = await trading.placedId();
      await trading.ladderHas('Asks', [[20.1, 3]]);
      await trading.cancelButton(id).waitFor();
      await tabTo(trading, `Cancel order ${id}`);
      await keyboard.press('Enter');
      await orderBecomes(baseUrl(), id, { status: 'CANCELLED' });
      await trading.ladderHas('Asks', []);
    }, 90_000);
  });
}

const MOST_TABS = 120;

/** Presses Tab until what has this name has the focus. */
async function tabTo({ page }: TradingPage, name: string): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>(`(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
    })()`);
    if (focused === name) return;
    passed.push(focused);
  }
  throw new Error(`${name} can not be reached by Tab; passed: ${passed.join(', ')}`);
}
