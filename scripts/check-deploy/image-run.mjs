import { spawn } from 'node:child_process';
import { chown, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Findings, throwFindings } from './report.mjs';
import { run } from './run.mjs';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;
const SHOWN_LINES = 20;
const PATHS = ['/health', '/health/live', '/health/ready'];
const PORT_VARIABLES = ['PORT', 'MATCHER_PORT'];

/**
 * Runs the image's commands from the tree that its last stage left, with the image's variables and, where
 * that can be done, as its user: once as the image does by default, and each of the compose services. They
 * store in a folder, since no MySQL is to be had here.
 */
export async function runImage(report, { built, workspace, compose, containers, dockerfile }) {
  const needs = [built, compose, containers, dockerfile];
  const machine = await report.check(
    'image user',
    () => prepare(built, workspace, dockerfile),
    needs,
  );
  for (const task of machine ? tasks(compose, dockerfile) : []) {
    await report.check(`image runs ${task.name}`, () =>
      task.oneShot ? runToItsEnd(machine, task) : startAndStop(machine, task),
    );
  }
}

/** What ends by itself comes first, as when deployed. */
function tasks(compose, dockerfile) {
  const { command, healthcheck } = dockerfile.image;
  const services = Object.entries(compose)
    .filter(([, service]) => service.build)
    .map(([name, service]) => ({
      name: `service ${name}`,
      command: service.command,
      healthcheck: service.healthcheck,
      portVariable: PORT_VARIABLES.find((each) => each in service.env),
      oneShot: service.restart === 'no',
    }));
  return [
    ...services.filter((each) => each.oneShot),
    { name: 'its default command', command, healthcheck, portVariable: 'PORT', oneShot: false },
    ...services.filter((each) => !each.oneShot),
  ];
}

async function prepare(built, workspace, dockerfile) {
  const data = path.join(workspace, 'data');
  await mkdir(data);
  const [uid, gid] = dockerfile.image.user.split(':').map(Number);
  const cwd = path.join(built.root, built.workdir);
  const imageEnv = Object.fromEntries(
    dockerfile.image.env.map((each) => [
      each.slice(0, each.indexOf('=')),
      each.slice(each.indexOf('=') + 1),
    ]),
  );
  const env = { ...imageEnv, PATH: process.env.PATH, HOME: '/', TRADEFLOW_DATA_DIR: data };
  let identity = {};
  let summary = 'the current user, since this one may not become another';
  if (process.getuid?.() === 0) {
    identity = { uid, gid };
    await chown(data, uid, gid);
    const probe = await run('node', ['--version'], { cwd, env, ...identity });
    if (probe.code !== 0)
      throw new Findings([`user ${uid} can not run node here: ${probe.stderr}`]);
    await assertReadOnly(cwd, { env, ...identity });
    summary = `${uid}:${gid}, who can not write to the image's files; node ${probe.stdout.trim()}`;
  }
  return { cwd, env, identity, summary };
}

async function assertReadOnly(cwd, options) {
  const { stdout } = await run('find', ['.', '-writable', '!', '-type', 'l', '-print', '-quit'], {
    cwd,
    ...options,
  });
  if (stdout !== '') throw new Findings([`the image's user can write to ${stdout.trim()}`]);
}

/** Twice, since it is run at each deployment. */
async function runToItsEnd(machine, { command: [program, ...args] }) {
  for (const time of ['first', 'second']) {
    const { cwd, env, identity } = machine;
    const timeout = START_LIMIT_MS;
    const { code, stdout, stderr } = await run(program, args, { cwd, env, timeout, ...identity });
    if (code !== 0)
      throw new Findings([`the ${time} time it ended with ${code}`, ...lastLines(stdout + stderr)]);
  }
  return { summary: 'ended with 0, and a second time' };
}

async function startAndStop(machine, task) {
  if (!task.portVariable) throw new Findings([`none of ${PORT_VARIABLES.join(', ')} is set`]);
  const port = await freePort();
  const env = { ...machine.env, [task.portVariable]: String(port) };
  const [program, ...args] = task.command;
  const child = spawn(program, args, {
    cwd: machine.cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...machine.identity,
  });
  const output = [];
  child.stdout.on('data', (text) => output.push(text));
  child.stderr.on('data', (text) => output.push(text));
  const ended = new Promise((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  );
  child.on('error', (error) => output.push(String(error)));
  try {
    const started = await untilHealthy(port, ended);
    const probe = { ...machine, env, test: task.healthcheck };
    throwFindings([...(await unhealthyPaths(port)), ...(await healthcheckFindings(probe, 0))]);
    const stopped = await stop(child, ended);
    throwFindings(await healthcheckFindings(probe, 1));
    return { summary: `healthy after ${started} ms, ended with 0 ${stopped} ms after SIGTERM` };
  } catch (error) {
    if (!(error instanceof Findings)) throw error;
    throw new Findings([
      ...error.lines,
      ...lastLines(Buffer.concat(output.map((each) => Buffer.from(each))).toString()),
    ]);
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  }
}

async function untilHealthy(port, ended) {
  const start = performance.now();
  const early = [];
  void ended.then((value) => early.push(value));
  while (performance.now() - start < START_LIMIT_MS) {
    if (early.length > 0) throw new Findings([`it ended with ${early[0]} before it was healthy`]);
    if ((await statusOf(port, '/health/ready')) === 200)
      return Math.round(performance.now() - start);
    await sleep(50);
  }
  throw new Findings([`it was not ready within ${START_LIMIT_MS} ms`]);
}

async function unhealthyPaths(port) {
  const statuses = await Promise.all(PATHS.map((each) => statusOf(port, each)));
  return PATHS.map((each, index) => [each, statuses[index]])
    .filter(([, status]) => status !== 200)
    .map(([each, status]) => `${each} answers ${status}`);
}

async function statusOf(port, pathname) {
  const options = { signal: AbortSignal.timeout(5000) };
  return fetch(`http://127.0.0.1:${port}${pathname}`, options).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    (error) => String(error.cause?.code ?? error.message),
  );
}

/** The health check's own command, with the process running (0) and stopped (1). */
async function healthcheckFindings({ test, cwd, env, identity }, expected) {
  const [form, program, ...args] = test;
  if (form !== 'CMD') return [`its health check ${JSON.stringify(test)} is not in exec form`];
  const { code, stderr } = await run(program, args, { cwd, env, ...identity });
  return code === expected
    ? []
    : [`its health check ended with ${code} instead of ${expected} ${stderr}`];
}

async function stop(child, ended) {
  const start = performance.now();
  child.kill('SIGTERM');
  const code = await Promise.race([ended, sleep(STOP_LIMIT_MS, 'late', { ref: false })]);
  const took = Math.round(performance.now() - start);
  if (code === 'late') throw new Findings([`it still runs ${STOP_LIMIT_MS} ms after SIGTERM`]);
  if (code !== 0) throw new Findings([`it ended with ${code} ${took} ms after SIGTERM`]);
  return took;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function lastLines(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-SHOWN_LINES);
}
