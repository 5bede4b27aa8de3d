import { readFile, readdir, access } from 'node:fs/promises';
import path from 'node:path';
import { throwFindings } from './report.mjs';
import { runWell } from './run.mjs';

/** What else may be set: these are read by Node.js itself. */
const NODE_VARIABLES = /^NODE_/;

/** Checks the tree that the last stage left, and that what is deployed fits it. */
export async function checkImageTree(report, settings, { built, compose, containers, dockerfile }) {
  const needs = [built, compose, containers, dockerfile];
  await report.check(
    'image has each command',
    async () => {
      const commands = deployedCommands(compose, containers, dockerfile);
      const found = await Promise.all(commands.map((each) => commandFinding(built, each)));
      throwFindings(found.filter(Boolean));
      return { summary: [...new Set(commands.map((each) => each.command[1]))].join(', ') };
    },
    needs,
  );
  await report.check(
    'image has the production packages alone',
    () => checkPackages(settings, built),
    [built],
  );
  await report.check(
    'deployed variables and users fit the image',
    async () => {
      const variables = await variableFindings(built, compose, containers);
      throwFindings([...variables, ...userFindings(containers, dockerfile)]);
    },
    needs,
  );
}

function deployedCommands(compose, containers, dockerfile) {
  const services = Object.entries(compose).filter(([, service]) => service.build);
  return [
    { owner: 'Dockerfile CMD', command: dockerfile.image.command },
    ...services.map(([name, { command }]) => ({ owner: `service ${name}`, command })),
    ...containers.map(({ owner, command }) => ({ owner, command })),
  ];
}

async function commandFinding(built, { owner, command }) {
  if (command?.[0] !== 'node' || command.length < 2)
    return `${owner} runs ${JSON.stringify(command)}, not node`;
  const file = path.join(built.root, built.workdir, command[1]);
  return access(file).then(
    () => null,
    () => `${owner} runs ${command[1]}, which the image does not have`,
  );
}

/** The lock file says of each package whether development alone needs it. */
async function checkPackages(settings, built) {
  const directory = path.join(built.root, built.workdir);
  const lock = JSON.parse(await readFile(path.join(settings.root, 'package-lock.json'), 'utf8'));
  // Some are wanted by a production package too, as an optional peer: npm then marks them otherwise.
  const development = new Set(
    Object.keys(lock.packages[''].devDependencies).map((each) => `node_modules/${each}`),
  );
  const findings = [];
  let present = 0;
  for (const [name, entry] of Object.entries(lock.packages)) {
    if (name === '') continue;
    const installed = await access(path.join(directory, name, 'package.json')).then(
      () => true,
      () => false,
    );
    if (installed) present += 1;
    if (installed && (entry.dev || (entry.devOptional && development.has(name))))
      findings.push(`${name} is a development package`);
    const wanted =
      !entry.dev && !entry.optional && !entry.peer && !entry.devOptional && !entry.extraneous;
    if (!installed && wanted) findings.push(`${name} is missing`);
  }
  findings.push(...(await testFiles(directory)));
  throwFindings(findings);
  const size = (await runWell('du', ['-sm', directory])).split('\t')[0];
  return { summary: `${present} packages, ${size} MB in all` };
}

async function testFiles(directory) {
  const files = await readdir(path.join(directory, 'dist'), { recursive: true });
  return files
    .filter((file) => /(^test\/|\.(e2e-)?spec\.)/.test(file))
    .map((file) => `dist/${file} is a test`);
}

/** A variable that the application does not read is a misspelt one. */
async function variableFindings(built, compose, containers) {
  const directory = path.join(built.root, built.workdir, 'dist');
  const files = (await readdir(directory, { recursive: true })).filter((file) =>
    file.endsWith('.js'),
  );
  const texts = await Promise.all(
    files.map((file) => readFile(path.join(directory, file), 'utf8')),
  );
  const sources = texts.join('\n');
  const services = Object.entries(compose).filter(([, service]) => service.build);
  const users = [
    ...services.map(([name, { env }]) => ({ owner: `service ${name}`, env })),
    ...containers.map(({ owner, env }) => ({ owner, env })),
  ];
  return users.flatMap(({ owner, env }) =>
    Object.keys(env)
      .filter(
        (name) => !NODE_VARIABLES.test(name) && !new RegExp(`['"\`]${name}['"\`]`).test(sources),
      )
      .map((name) => `${owner} sets ${name}, which the application does not read`),
  );
}

function userFindings(containers, dockerfile) {
  const [user] = dockerfile.image.user.split(':').map(Number);
  return containers
    .filter((each) => each.userId !== user)
    .map((each) => `${each.owner} runs as user ${each.userId}, but the image is for ${user}`);
}
