import type { Browser } from 'playwright-core';

/** What a slow machine at a slow line is like. */
export interface LineProfile {
  name: string;
  /** Below 0: as fast as it goes. */
  bitsPerSecond: number;
  latencyMs: number;
  /** How many times slower than this processor. */
  slowerCpu: number;
}

/** Notes when the ladder is first drawn with prices on both sides, since the navigation began. */
const NOTE_FIRST_VIEW = `
  (() => {
    const look = () => {
      const book = document.querySelector('section[aria-label="Order book"]');
      const prices = (book?.textContent ?? '').match(/\\d+\\.\\d\\d/g) ?? [];
      if (prices.length >= 20) requestAnimationFrame(() => { window.firstViewMs = performance.now(); });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })();
`;
const TIMEOUT_MS = 60_000;

/** Opens a page in a fresh profile. @returns when there was something to see, and how much was sent for its scripts. */
export async function firstView(
  browser: Browser,
  url: string,
  line: LineProfile,
): Promise<{ ms: number; scriptBytes: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.latencyMs,
      downloadThroughput: line.bitsPerSecond < 0 ? -1 : line.bitsPerSecond / 8,
      uploadThroughput: line.bitsPerSecond < 0 ? -1 : line.bitsPerSecond / 8 / 4,
    });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: line.slowerCpu });
    const scripts = new Set<string>();
    let scriptBytes = 0;
    cdp.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId);
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) scriptBytes += encodedDataLength;
    });
    await page.addInitScript(NOTE_FIRST_VIEW);
    await page.goto(url, { waitUntil: 'commit' });
    // As a function: the page's policy lets no text be evaluated.
    const noted = await page.waitForFunction(
      () => (globalThis as { firstViewMs?: number }).firstViewMs,
      undefined,
      { timeout: TIMEOUT_MS },
    );
    return { ms: (await noted.jsonValue()) ?? Number.NaN, scriptBytes };
  } finally {
    await context.close();
  }
}
