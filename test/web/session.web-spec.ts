import { placeBookOrder, WIRING } from '../support/processes';
import { usePageServer } from './support/page-server';
import { TradingPage } from './support/trading-page';

/** What a browser writes into its console about a server that is away. */
const AWAY = [
  /ERR_CONNECTION_REFUSED/,
  /ERR_INTERNET_DISCONNECTED/,
  /ERR_CONNECTION_RESET/,
  /WebSocket/,
  /ERR_EMPTY_RESPONSE/,
];

describe('a visit', () => {
  const server = usePageServer();
  const baseUrl = () => server.deployment().baseUrl;

  it('is as it was after a reload', async () => {
    const { page } = await server.open('#/trade/KEEP', { theme: 'dark' });
    const trading = new TradingPage(page);
    await page.getByRole('textbox', { name: 'User' }).fill('31');
    await page.getByRole('button', { name: 'Switch to the light theme' }).click();
    await trading.place({ side: 'Buy', price: '5.00', quantity: '7' });
    const id = await trading.placedId();
    await trading.openOrder(id).waitFor();
    await page.reload();
    await trading.openOrder(id).waitFor();
    await trading.ladderHas('Bids', [[5, 7]]);
    expect(await page.getByRole('textbox', { name: 'User' }).inputValue()).toBe('31');
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light');
    expect(page.url()).toContain('#/trade/KEEP');
  }, 90_000);

  it('goes on by itself after the server was away, and shows what happened meanwhile', async () => {
    const { page, context, watch } = await server.open('#/trade/AWAY', { userId: 32 });
    const trading = new TradingPage(page);
    await trading.place({ side: 'Buy', price: '5.00', quantity: '7' });
    const id = await trading.placedId();
    await trading.openOrder(id).waitFor();
    watch.excuse(...AWAY);

    const front = server.deployment().process(WIRING === 'stack' ? 'api' : 'hybrid');
    await front.kill();
    await trading.connectionIs('Reconnecting …');
    await page.setViewportSize({ width: 390, height: 844 });
    await trading.until(async () =>
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390),
    );
    await page.setViewportSize({ width: 1280, height: 800 });
    // The server is back before the page can know.
    await context.setOffline(true);
    await front.start();
    const sold = { user_id: 33, item: 'AWAY', side: 'SELL', price: '5.00', quantity: '4' };
    await placeBookOrder(baseUrl(), sold);
    await placeBookOrder(baseUrl(), { ...sold, price: '6.00', quantity: '9' });
    expect(await trading.connection.textContent()).toBe('Reconnecting …');
    await context.setOffline(false);
    await trading.connectionIs('Live');
    await trading.ladderHas('Bids', [[5, 3]]);
    await trading.ladderHas('Asks', [[6, 9]]);
    await trading.tapeBegins('sold', 5, 4);
    await trading.until(async () =>
      expect(await trading.openOrder(id).innerText()).toMatch(/4\s*\/\s*7|Part filled/),
    );
    // And what comes from now on.
    await placeBookOrder(baseUrl(), { ...sold, quantity: '1' });
    await trading.ladderHas('Bids', [[5, 2]]);
  }, 120_000);
});
