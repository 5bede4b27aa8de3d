#!/usr/bin/env node
/**
 * The developer stack: starts and stops REAL MySQL, Redis and Apache Kafka.
 * Needs nothing but Node.js 20.19 or newer, so that it runs in a bare clone.
 *
 * Where a Docker engine answers, it runs deploy/stack.compose.yml; otherwise, on
 * Debian or Ubuntu as root, it fetches the three servers into the stack
 * directory and runs them as processes.
 *
 * `down` keeps the downloaded software and deletes the services' data, so that
 * every `up` after it is a clean stack; `down --purge` deletes the software and
 * the logs too. `stop`, `kill` and `pause` keep the data.
 *
 * stdout carries results only (`eval "$(npm run -s stack:up)"`), all else goes
 * to stderr.
 */
import {
  killService,
  pauseService,
  resumeService,
  stackDown,
  stackEnvironment,
  stackStatus,
  stackUp,
  startService,
  stopService,
} from './stack/index.mjs';

const HELP = `usage: node scripts/stack.mjs COMMAND

  up               start MySQL, Redis and Kafka, wait until each answers, and print
                   the variables that lead to them:  eval "$(npm run -s stack:up)"
  down             stop all three and delete their data (downloads are kept)
  down --purge     and delete the downloaded software and the logs
  status           one line a service; exit code 1 unless all are ready
  env              print the variables without starting anything
  start SERVICE    start one service, on the data it had, and wait until it answers
  stop SERVICE     stop one in an orderly way; its data stays
  kill SERVICE     end one with SIGKILL, as a crash would; its data stays
  pause SERVICE    freeze one: it keeps its connections and answers nothing
  resume SERVICE   let it go on
  help             this text

SERVICE: mysql, redis or kafka.

Variables (set the same ones for every command):
  STACK_MYSQL_PORT=23306  STACK_REDIS_PORT=26379
  STACK_KAFKA_PORT=29092  STACK_KAFKA_CONTROLLER_PORT=29093
  TRADEFLOW_STACK_DIR     where software/, data/, logs/ and run/ are (.stack)
`;

const SERVICE_COMMANDS = {
  start: startService,
  stop: stopService,
  kill: killService,
  pause: pauseService,
  resume: resumeService,
};

function printEnvironment(variables) {
  for (const [name, value] of Object.entries(variables)) {
    process.stdout.write(`export ${name}=${value}\n`);
  }
}

async function printStatus() {
  const rows = await stackStatus();
  for (const { name, state, port, mode, process: owner, reason } of rows) {
    const line = `${name.padEnd(6)} ${state.padEnd(9)} port ${port}  ${mode}, ${owner}`;
    process.stdout.write(reason ? `${line}  (${reason})\n` : `${line}\n`);
  }
  if (rows.some(({ state }) => state !== 'ready')) process.exitCode = 1;
}

/** Aborted by Ctrl-C and the like, so that what was started is ended first. */
function createInterruptSignal() {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => controller.abort(new Error(`ended by ${signal}`)));
  }
  return controller.signal;
}

class UsageError extends Error {}

function assertArguments(rest, allowed) {
  const unknown = rest.find((argument) => !allowed.includes(argument));
  if (unknown !== undefined) throw new UsageError(`unknown argument "${unknown}"`);
}

async function main([command, ...rest]) {
  if (Object.hasOwn(SERVICE_COMMANDS, command)) {
    assertArguments(rest.slice(1), []);
    return SERVICE_COMMANDS[command](rest[0], {
      signal: createInterruptSignal(),
    });
  }
  assertArguments(rest, command === 'down' ? ['--purge'] : []);
  if (command === 'up') return printEnvironment(await stackUp({ signal: createInterruptSignal() }));
  if (command === 'down') return stackDown({ purge: rest.includes('--purge') });
  if (command === 'status') return printStatus();
  if (command === 'env') return printEnvironment(stackEnvironment());
  if (command === 'help' || command === '--help') return process.stdout.write(HELP);
  throw new UsageError(`unknown command "${command}"`);
}

try {
  await main(process.argv.length > 2 ? process.argv.slice(2) : ['help']);
} catch (error) {
  process.stderr.write(`stack: ${error.message}\n`);
  if (error instanceof UsageError) process.stderr.write(`\n${HELP}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
