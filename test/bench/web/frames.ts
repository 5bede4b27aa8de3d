import type { Browser } from 'playwright-core';
import { median, percentile } from '../lib/statistics';

export interface FrameFigures {
  perSecond: number;
  medianMs: number;
  p95Ms: number;
  maxMs: number;
  /** Of all gaps between frames, with a little more than a frame's time, since clocks in browsers are coarse. */
  shareAbove17: number;
  shareAbove33: number;
  deltasPerSecond: number;
}

const WARM_UP_MS = 2000;

/** Gaps between frames for so many ms. */
const gaps = (ms: number): string => `
  new Promise((resolve) => {
    const gaps = [];
    let last = 0;
    const began = performance.now();
    const frame = (now) => {
      if (last > 0) gaps.push(now - last);
      last = now;
      if (performance.now() - began < ${ms}) requestAnimationFrame(frame);
      else resolve(gaps);
    };
    requestAnimationFrame(frame);
  })
`;

/** Opens a page and watches its frames. */
export async function frameFigures(
  browser: Browser,
  url: string,
  item: string,
  seconds: number,
): Promise<FrameFigures> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    let deltas = 0;
    const start = `{"type":"delta","channel":"book:${item}"`;
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).startsWith(start)) deltas += 1;
      });
    });
    await page.goto(url);
    await page.waitForTimeout(WARM_UP_MS);
    deltas = 0;
    const found = await page.evaluate<number[]>(gaps(seconds * 1000));
    const wholeMs = found.reduce((sum, gap) => sum + gap, 0);
    const share = (ms: number): number => found.filter((gap) => gap > ms).length / found.length;
    return {
      perSecond: (1000 * found.length) / wholeMs,
      medianMs: median(found),
      p95Ms: percentile(found, 95),
      maxMs: Math.max(...found),
      shareAbove17: share(17.2),
      shareAbove33: share(33.9),
      deltasPerSecond: (1000 * deltas) / wholeMs,
    };
  } finally {
    await context.close();
  }
}
