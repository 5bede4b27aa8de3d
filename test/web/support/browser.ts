import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { Watch } from './watch';

/** Long: the machine may be busy with everything else. Whoever waits for an outcome goes on as soon as it is there. */
const PATIENCE_MS = 20_000;
const OPTIONS = ['--disable-dev-shm-usage', '--disable-gpu', '--hide-scrollbars'];

export type Theme = 'dark' | 'light';

export interface PageOptions {
  theme?: Theme;
  width?: number;
  height?: number;
  /** Of the user in the page's field; 1 unless said otherwise. */
  userId?: number;
  /** Whether hands or a mouse are used. */
  touch?: boolean;
}

/** A page in a browser profile of its own, and what went wrong in it. */
export interface OpenPage {
  page: Page;
  context: BrowserContext;
  watch: Watch;
}

let browser: Promise<Browser> | null = null;
const open = new Set<OpenPage>();

/** Starts the Chromium of `npm run test:web` once for each file of tests. */
export function launchBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? 'chromium',
    args: [...OPTIONS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  return browser;
}

export async function openPage(url: string, options: PageOptions = {}): Promise<OpenPage> {
  const context = await (await launchBrowser()).newContext(contextOptions(options));
  context.setDefaultTimeout(PATIENCE_MS);
  if (options.userId !== undefined) await chooseUser(context, options.userId);
  const page = await context.newPage();
  const opened = { page, context, watch: new Watch(page, new URL(url).origin) };
  open.add(opened);
  await page.goto(url);
  return opened;
}

/** @throws when anything went wrong in a page: errors, refused or foreign requests. */
export async function closePages(): Promise<void> {
  const pages = [...open];
  open.clear();
  const problems = pages.flatMap(({ watch }) => watch.problems());
  await Promise.all(pages.map(({ context }) => context.close()));
  expect(problems).toEqual([]);
}

export async function closeBrowser(): Promise<void> {
  const closing = browser;
  browser = null;
  await (await closing)?.close();
}

function contextOptions(options: PageOptions): BrowserContextOptions {
  const { theme = 'dark', width = 1280, height = 800, touch = width < 720 } = options;
  return {
    viewport: { width, height },
    colorScheme: theme,
    hasTouch: touch,
    isMobile: touch,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  };
}

/** As if the user had been typed in at an earlier visit; a reload keeps what was chosen since. */
function chooseUser(context: BrowserContext, userId: number): Promise<unknown> {
  return context.addInitScript(`localStorage['tradeflow.user'] ??= '${userId}'`);
}
