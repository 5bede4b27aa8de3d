import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../support/free-port';
import {
  createDeployment,
  type Deployment,
  eventually,
  getJson,
  type Order,
  WIRING,
} from '../support/processes';

interface Book {
  bids: { price: string; quantity: string }[];
  asks: { price: string; quantity: string }[];
}

const ROOT = resolve(__dirname, '../..');
const ITEMS = ['AAPL', 'MSFT', 'NVDA', 'TSLA', 'BTC-USD', 'ETH-USD', 'EUR-USD', 'XAU-USD'];
const DEADLINE = { timeoutMs: 60_000, everyMs: 250 };

/** `npm run demo`, as npm starts it. */
class Demo {
  output = '';
  private readonly ended: Promise<number | null>;

  constructor(
    args: readonly string[],
    env: Record<string, string> = {},
    private readonly child: ChildProcess = spawn(
      process.execPath,
      [join(ROOT, 'scripts/demo.mjs'), ...args],
      { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    ),
  ) {
    const capture = (data: Buffer): void => {
      this.output += data.toString();
    };
    child.stdout?.on('data', capture);
    child.stderr?.on('data', capture);
    this.ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  end(): Promise<number | null> {
    return this.ended;
  }
}

describe('npm run demo', () => {
  let directory: string;
  let demo: Demo | null;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tradeflow-demo-'));
    demo = null;
  });

  afterEach(async () => {
    await demo?.stop('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  async function assertLives(baseUrl: string): Promise<void> {
    await eventually(async () => {
      for (const item of ITEMS) {
        const { bids, asks } = await getJson<Book>(baseUrl, `/markets/${item}/book?depth=100`);
        expect([item, Math.min(bids.length, asks.length) >= 10]).toEqual([item, true]);
        expect(Number(bids[0]?.price)).toBeLessThan(Number(asks[0]?.price));
        const trades = await getJson<unknown[]>(baseUrl, `/markets/${item}/trades?limit=3`);
        expect([item, trades.length]).toEqual([item, 3]);
      }
    }, DEADLINE);
  }

  it('shows a market that lives and stops with everything it started', async () => {
    const port = await freePort();
    const data = join(directory, 'data');
    // The shell's settings lead elsewhere: the demo must not follow them.
    const real = { DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none', TRADEFLOW_DATA_DIR: directory };
    demo = new Demo(['--port', String(port), '--data', data], real);
    const baseUrl = `http://127.0.0.1:${port}`;
    await assertLives(baseUrl);
    await eventually(
      () => expect(demo?.output).toMatch(/[1-9]\d* orders\/s +\d+ trades\/s/),
      DEADLINE,
    );
    expect(demo.output).toContain(`http://localhost:${port}/`);
    expect(demo.output).not.toMatch(/refused|waiting/);
    const own = await getJson<Order[]>(baseUrl, '/orders?user_id=1');
    expect(own).toEqual([]);
    expect(await readdir(directory)).toEqual(['data']);
    expect(existsSync(join(data, 'tradeflow.sqlite'))).toBe(true);
    expect(await demo.stop()).toBe(0);
    await expect(fetch(`${baseUrl}/health/live`)).rejects.toThrow();
  }, 120_000);

  it('refuses a folder with other data, and a port that is taken, in a line', async () => {
    const port = await freePort();
    demo = new Demo(['--port', String(port), '--data', ROOT]);
    expect(await demo.end()).toBe(1);
    expect(demo.output).toContain(`demo: ${ROOT} holds other data than that of a demo\n`);
    const wrong = new Demo(['--speed', '3']);
    expect(await wrong.end()).toBe(2);
    expect(wrong.output).toContain('--speed');
  }, 60_000);

  describe('at an api that runs already', () => {
    let deployment: Deployment;

    beforeEach(async () => {
      deployment = await createDeployment();
    }, 90_000);

    afterEach(() => deployment.dispose());

    it('goes on after a restart of the api, and leaves no orders behind', async () => {
      const { baseUrl } = deployment;
      demo = new Demo(['--url', baseUrl, '--rate', '100']);
      await assertLives(baseUrl);
      const front = deployment.process(WIRING === 'stack' ? 'api' : 'hybrid');
      await front.kill();
      await eventually(() => expect(demo?.output).toContain('waiting for the api'), DEADLINE);
      const tradesOf = async () =>
        (
          await getJson<{ trade_id: number }[]>(baseUrl, '/markets/AAPL/trades?limit=1&order=desc')
        )[0]?.trade_id ?? 0;
      await front.start();
      const before = await tradesOf();
      await eventually(async () => expect(await tradesOf()).toBeGreaterThan(before + 3), DEADLINE);
      await assertLives(baseUrl);
      expect(await demo.stop('SIGINT')).toBe(0);
      expect(demo.output).not.toContain('refused');
      await eventually(async () => {
        const lists = ['OPEN', 'PARTIALLY_FILLED'].map((status) =>
          getJson<Order[]>(baseUrl, `/orders?status=${status}`),
        );
        expect((await Promise.all(lists)).flat()).toEqual([]);
      }, DEADLINE);
    }, 180_000);
  });
});
