import type { DemoOptions } from './options';
import { OwnServer, ServerError } from './server/own-server';
import { Simulator } from './simulator';
import { Progress } from './terminal/progress';

/** How long the simulated traders may take to cancel what they have left at somebody else's api. */
const CLEAR_TIMEOUT_MS = 10_000;

/**
 * Runs the market until `stopped`, on a server of its own or on the one that is named.
 * @throws when it can not start, or the server ends by itself.
 */
export async function runDemo(
  options: DemoOptions,
  stopped: AbortSignal,
  terminal: NodeJS.WriteStream,
): Promise<void> {
  if (options.url !== null) {
    await trade(options, options.url, stopped, terminal);
    return;
  }
  const server = await OwnServer.start(options, stopped);
  const over = new AbortController();
  try {
    const ended = server.end.then(() => {
      over.abort();
      if (!stopped.aborted) throw new ServerError(`the server ended:\n${server.lastLines()}`);
    });
    const trading = trade(
      options,
      server.baseUrl,
      AbortSignal.any([stopped, over.signal]),
      terminal,
    );
    await Promise.race([ended, trading]);
    await trading;
  } finally {
    await server.stop();
  }
}

async function trade(
  options: DemoOptions,
  baseUrl: string,
  stopped: AbortSignal,
  terminal: NodeJS.WriteStream,
): Promise<void> {
  const simulator = new Simulator({ ...options, baseUrl });
  const { activity } = simulator;
  const beganMs = performance.now();
  if (!stopped.aborted) terminal.write(`\nA market lives at ${baseUrl}/ until Ctrl-C.\n\n`);
  const progress = new Progress(terminal, () => ({
    facts: { page: `${baseUrl}/`, items: options.instruments.length, trouble: simulator.trouble },
    moment: {
      seconds: (performance.now() - beganMs) / 1000,
      orders: activity.orders,
      trades: activity.trades,
    },
  }));
  try {
    await simulator.run(stopped);
  } finally {
    progress.end();
    for (const [code, count] of activity.refusals) {
      terminal.write(`refused ${count} times: ${code}\n`);
    }
  }
  // A server of its own stops with everything; at another one nothing is left in the book.
  if (options.url !== null) await clear(simulator, terminal);
}

async function clear(simulator: Simulator, terminal: NodeJS.WriteStream): Promise<void> {
  try {
    await simulator.clear(AbortSignal.timeout(CLEAR_TIMEOUT_MS));
  } catch (error) {
    terminal.write(`not all orders could be cancelled: ${String(error)}\n`);
  }
}
