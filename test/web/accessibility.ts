import type { Page } from 'playwright-core';
import { graveFindings } from './support/axe';
import type { Theme } from './support/browser';
import type { PageServer } from './support/page-server';
import { TradingPage } from './support/trading-page';

const THEMES: Theme[] = ['dark', 'light'];
const NARROW = 390;
const WIDE = 1280;
const SCREENS = ['Markets', 'Chart', 'Book', 'Trade', 'Orders'];
const TABS = ['History', 'Trades', 'Positions', 'Open orders'] as const;

/** The page and its main part; a table in it may scroll where it stands. */
const WIDER_THAN_ROOM = `
  ['html', 'body', 'main'].flatMap((name) => {
    const { scrollWidth, clientWidth } = document.querySelector(name);
    return scrollWidth > clientWidth ? [name + ' scrolls sideways: ' + scrollWidth + ' px in ' + clientWidth] : [];
  })
`;

/** On apps and a browser that others use too, in which a market lives and the user has orders. */
export function accessibilityTests(server: PageServer, userId: number): void {
  describe('the page for everybody', () => {
    async function expectSound(page: Page, what: string): Promise<void> {
      const sideways = await page.evaluate<string[]>(WIDER_THAN_ROOM);
      const found = [...sideways, ...(await graveFindings(page))];
      expect(found.map((each) => `${what}: ${each}`)).toEqual([]);
    }

    describe.each(THEMES)('in the %s theme', (theme) => {
      it('trading, wide: every part and every tab of the account', async () => {
        const { page } = await server.open('#/trade/AAPL', { theme, width: WIDE, userId });
        const trading = new TradingPage(page);
        await page.getByRole('figure', { name: /^Candles of AAPL/ }).waitFor();
        await page
          .getByRole('button', { name: /^Cancel order/ })
          .first()
          .waitFor();
        await expectSound(page, 'trading');
        for (const tab of TABS) {
          await trading.openTab(tab);
          await trading.account.getByRole('table').waitFor();
          await expectSound(page, tab);
        }
        await page.getByRole('tab', { name: 'Depth' }).click();
        await page.getByRole('figure', { name: 'Depth of AAPL' }).waitFor();
        await trading.submit().click();
        await trading.until(async () =>
          expect(await trading.field('Price').getAttribute('aria-invalid')).toBe('true'),
        );
        await trading.account.getByRole('button', { name: 'Cancel all' }).click();
        await page.getByRole('dialog').waitFor();
        await expectSound(page, 'a ticket with faults and a question');
      });

      it('trading on a phone, screen by screen', async () => {
        const { page } = await server.open('#/trade/AAPL', { theme, width: NARROW, userId });
        const screens = page.getByRole('radiogroup', { name: 'Screen' });
        for (const name of SCREENS) {
          await screens.getByRole('radio', { name }).click();
          await expectSound(page, name);
        }
      });

      it.each([NARROW, WIDE])('operations at %d px', async (width) => {
        const { page } = await server.open('#/operations', { theme, width });
        await page.getByRole('heading', { name: 'Operations' }).waitFor();
        await page.getByRole('region', { name: 'Process' }).getByRole('term').first().waitFor();
        await expectSound(page, 'operations');
      });
    });
  });
}
