import { get } from 'node:http';
import { eventually } from '../support/processes';
import type { PageServer } from './support/page-server';

const MOST_SCRIPT_BYTES = 300_000;

/** On apps and a browser that others use too. */
export function frameTests(server: PageServer): void {
  describe('the frame of the page', () => {
    it('goes from view to view, and says which one it is', async () => {
      const { page } = await server.open();
      const views = page.getByRole('navigation', { name: 'Views' });
      await views.getByRole('link', { name: 'Operations' }).click();
      await page.waitForURL(/#\/operations$/);
      const current = views.locator('[aria-current=page]');
      await eventually(async () => expect(await current.textContent()).toBe('Operations'));
      await page.goBack();
      await eventually(async () => expect(await current.textContent()).toBe('Trade'));
    });

    it('changes its theme, and keeps it', async () => {
      const { page } = await server.open('', { theme: 'light' });
      const themeOf = () => page.evaluate<string>('document.documentElement.dataset.theme');
      await eventually(async () => expect(await themeOf()).toBe('light'));
      await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
      await eventually(async () => expect(await themeOf()).toBe('dark'));
      await page.reload();
      await page.getByRole('button', { name: 'Switch to the light theme' }).waitFor();
      expect(await themeOf()).toBe('dark');
    });

    it('sends less than 300 kB of scripts', async () => {
      const { page } = await server.open('#/trade/AAPL');
      const loaded = await page.evaluate<string[]>(
        "performance.getEntriesByType('resource').map(({ name }) => name)",
      );
      const scripts = loaded.filter((name) => name.endsWith('.js'));
      expect(scripts.length).toBeGreaterThan(0);
      const sizes = await Promise.all(scripts.map((url) => sentBytes(url)));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_SCRIPT_BYTES);
    });
  });
}

/** As a browser gets it. */
function sentBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
