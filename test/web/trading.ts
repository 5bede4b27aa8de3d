import { getBookOrder, orderBecomes, placeBookOrder } from '../support/processes';
import type { PageServer } from './support/page-server';
import { TradingPage } from './support/trading-page';

/** On apps and a browser that others use too. */
export function tradingTests(server: PageServer): void {
  describe('trading in the page', () => {
    const baseUrl = () => server.deployment().baseUrl;

    async function trade(item: string, userId: number): Promise<TradingPage> {
      const { page } = await server.open(`#/trade/${item}`, { userId });
      const trading = new TradingPage(page);
      await trading.connectionIs('Live');
      return trading;
    }

    it('an order rests in the ladder and among the open orders, and trades where it rests', async () => {
      const trading = await trade('REST', 11);
      await trading.place({ side: 'Buy', price: '100.00', quantity: '5' });
      const id = await trading.placedId();
      await trading.ladderHas('Bids', [[100, 5]]);
      await trading.openOrder(id).waitFor();
      expect(await getBookOrder(baseUrl(), id)).toMatchObject({
        user_id: 11,
        item: 'REST',
        side: 'BUY',
        price: '100.00',
        quantity: '5',
        status: 'OPEN',
      });
      // The size is gone, so that pressing the button again places nothing.
      expect(await trading.field('Quantity').inputValue()).toBe('');

      await placeBookOrder(baseUrl(), {
        user_id: 12,
        item: 'REST',
        side: 'SELL',
        price: '99.00',
        quantity: '2',
      });
      await trading.tapeBegins('sold', 100, 2);
      await trading.ladderHas('Bids', [[100, 3]]);
      await trading.until(async () => {
        expect(await trading.openOrder(id).innerText()).toMatch(/2\s*\/\s*5|Part filled/);
      });
      const candles = trading.page.getByRole('figure', { name: 'Candles of REST,' });
      await trading.until(async () =>
        expect((await candles.allInnerTexts()).join()).toMatch(/C\s*100\.00\s*Vol\s*2/),
      );
      await trading.openTab('Positions');
      await trading.accountShows([/REST.*\b2\b.*100/]);

      await placeBookOrder(baseUrl(), {
        user_id: 12,
        item: 'REST',
        side: 'SELL',
        type: 'MARKET',
        quantity: '3',
      });
      await trading.accountShows([/REST.*\b5\b.*100/]);
      await trading.says(new RegExp(`Order ${id}: 5 filled at 100`));
      await trading.openTab('History');
      await trading.accountShows([/REST.*Buy.*Filled/]);
      await trading.openTab('Trades');
      await trading.accountShows([/REST.*Buy.*100\.00.*3/, /REST.*Buy.*100\.00.*2/]);
      await trading.ladderHas('Bids', []);
    }, 90_000);

    it('amends and cancels an order in its row', async () => {
      const trading = await trade('AMEND', 13);
      await trading.place({ side: 'Sell', price: '50.00', quantity: '4' });
      const id = await trading.placedId();
      await trading.ladderHas('Asks', [[50, 4]]);

      await trading.amendButton(id).click();
      const form = trading.page.getByRole('form', { name: `Amend order ${id}` });
      await form.getByRole('textbox', { name: 'Price' }).fill('51.50');
      await form.getByRole('textbox', { name: 'Total quantity' }).fill('6');
      await form.getByRole('button', { name: 'Save' }).click();
      await trading.ladderHas('Asks', [[51.5, 6]]);
      await orderBecomes(baseUrl(), id, { price: '51.50', quantity: '6' });
      await trading.until(async () =>
        expect(await trading.openOrder(id).innerText()).toMatch(/51\.50/),
      );

      await trading.cancelButton(id).click();
      await trading.ladderHas('Asks', []);
      await trading.until(async () => expect(await trading.openOrder(id).count()).toBe(0));
      await orderBecomes(baseUrl(), id, { status: 'CANCELLED' });
    }, 90_000);

    it('cancels all orders once it was asked', async () => {
      const trading = await trade('ALL', 14);
      const ids: number[] = [];
      for (const price of ['10.00', '9.00', '8.00']) {
        ids.push((await placeBookOrder(baseUrl(), { user_id: 14, item: 'ALL', price })).id);
      }
      const other = await placeBookOrder(baseUrl(), { user_id: 15, item: 'ALL', price: '7.00' });
      await trading.ladderHas('Bids', [
        [10, 10],
        [9, 10],
        [8, 10],
        [7, 10],
      ]);
      const cancelAll = trading.account.getByRole('button', { name: 'Cancel all' });
      const dialog = trading.page.getByRole('dialog');
      await cancelAll.click();
      await dialog.getByRole('button', { name: 'Keep them' }).click();
      expect(await getBookOrder(baseUrl(), ids[0] ?? 0)).toMatchObject({ status: 'OPEN' });
      await cancelAll.click();
      await dialog.getByRole('button', { name: 'Cancel all 3 orders' }).click();
      await trading.ladderHas('Bids', [[7, 10]]);
      await trading.account.getByText('No open orders').waitFor();
      for (const id of ids) await orderBecomes(baseUrl(), id, { status: 'CANCELLED' });
      expect(await getBookOrder(baseUrl(), other.id)).toMatchObject({ status: 'OPEN' });
    }, 90_000);

    it('counts down to the fill of a plain order', async () => {
      const trading = await trade('PLAIN', 16);
      await trading.place({ type: 'Plain', amount: '150.50' });
      const id = await trading.placedId();
      const texts: string[] = [];
      await trading.until(async () => {
        texts.push(...(await trading.openOrder(id).allInnerTexts()));
        expect(await getBookOrder(baseUrl(), id)).toMatchObject({ status: 'FILLED' });
      });
      expect(texts.join()).toMatch(/fills in [1-3] s/);
      await trading.says(new RegExp(`Order ${id} filled: PLAIN for 150\\.50`));
      await trading.until(async () => expect(await trading.openOrder(id).count()).toBe(0));
    }, 90_000);
  });
}
