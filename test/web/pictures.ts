import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually, getJson } from '../support/processes';
import type { PageOptions, Theme } from './support/browser';
import type { PageServer } from './support/page-server';

/** For people to look at; nothing is compared. CI keeps the folder. */
const FOLDER = resolve(__dirname, '../../.tmp/web');
/** Set by `npm run web:picture` alone: where the picture for the README goes. */
export const README_PICTURE = process.env.WEB_PICTURE ?? '';

const THEMES: Theme[] = ['dark', 'light'];
const WIDTHS = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const PHONE = { width: 390, height: 844 };

/** On apps and a browser that others use too, in which a market lives and the user has orders. */
export function pictureTests(server: PageServer, userId: number): void {
  describe('pictures of the page', () => {
    beforeAll(() => mkdirSync(FOLDER, { recursive: true }));

    async function trading(options: PageOptions): Promise<Page> {
      const { page } = await server.open('#/trade/AAPL', { ...options, userId });
      await page.getByText('Live', { exact: true }).waitFor();
      return page;
    }

    async function chooseSeconds(page: Page): Promise<void> {
      await page.getByRole('radio', { name: '1s', exact: true }).click();
      await page.getByRole('figure', { name: 'Candles of AAPL, 1s' }).waitFor();
      await page.waitForLoadState('networkidle');
    }

    async function openOperations(page: Page): Promise<void> {
      await page.getByRole('link', { name: 'Operations' }).click();
      await page.getByRole('region', { name: 'Process' }).getByRole('term').first().waitFor();
      // Figures are of what came since somebody looks.
      await eventually(async () => {
        const { samples } = await getJson<{ samples: unknown[] }>(
          server.deployment().baseUrl,
          '/operations',
        );
        expect(samples.length).toBeGreaterThan(5);
      });
    }

    if (README_PICTURE !== '') {
      it('for the README', async () => {
        const page = await trading({ theme: 'dark', width: 1440, height: 900 });
        await chooseSeconds(page);
        mkdirSync(dirname(README_PICTURE), { recursive: true });
        await page.screenshot({ path: README_PICTURE });
      });
      return;
    }

    it.each(THEMES)('trading and operations in the %s theme', async (theme) => {
      for (const size of WIDTHS) {
        const page = await trading({ theme, ...size });
        await chooseSeconds(page);
        await page.screenshot({ path: join(FOLDER, `trading-${size.width}-${theme}.png`) });
        await openOperations(page);
        await page.screenshot({ path: join(FOLDER, `operations-${size.width}-${theme}.png`) });
      }
      const page = await trading({ theme, ...PHONE });
      const screens = page.getByRole('radiogroup', { name: 'Screen' });
      for (const name of ['Markets', 'Chart', 'Book', 'Trade', 'Orders']) {
        await screens.getByRole('radio', { name }).click();
        const file = `trading-${PHONE.width}-${theme}-${name.toLowerCase()}.png`;
        await page.screenshot({ path: join(FOLDER, file) });
      }
      await openOperations(page);
      await page.screenshot({ path: join(FOLDER, `operations-${PHONE.width}-${theme}.png`) });
    });
  });
}
