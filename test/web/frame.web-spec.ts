import { get } from 'node:http';
import { eventually } from '../support/processes';
import { graveFindings } from './support/axe';
import type { Theme } from './support/browser';
import { usePageServer } from './support/page-server';

const MOST_SCRIPT_BYTES = 300_000;

const VIEWS = [
  ['trading', '#/trade/AAPL'],
  ['operations', '#/operations'],
] as const;
const THEMES: Theme[] = ['dark', 'light'];
const WIDTHS = [390, 1280];

describe('the frame of the page', () => {
  const server = usePageServer();

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

  describe.each(VIEWS)('%s', (_name, view) => {
    it.each(WIDTHS)('does not scroll sideways at %d px', async (width) => {
      const { page } = await server.open(view, { width });
      await page.getByRole('main').waitFor();
      const [content = 0, window = 0] = await page.evaluate<number[]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      expect(content).toBeLessThanOrEqual(window);
    });

    it.each(THEMES)('has no grave fault of accessibility in the %s theme', async (theme) => {
      for (const width of WIDTHS) {
        const { page } = await server.open(view, { theme, width });
        await page.getByRole('main').waitFor();
        expect(await graveFindings(page)).toEqual([]);
      }
    });
  });
});

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
