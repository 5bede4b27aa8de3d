import { access, copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Findings, throwFindings } from './report.mjs';
import { run, runWell } from './run.mjs';

/**
 * Performs the Dockerfile's steps in plain folders, one for each stage: what a build would do, but with
 * this machine's Node.js instead of the base image.
 * @returns the last stage's folder, or null.
 */
export async function buildImageTree(report, settings, { tools, dockerfile, workspace }) {
  const context = await report.check(
    'image build context',
    () => makeContext(settings, tools, path.join(workspace, 'context')),
    [tools],
  );
  const stages = new Map();
  let last = dockerfile && context;
  for (const stage of dockerfile?.stages ?? []) {
    last = await report.check(
      `image stage ${stage.name}`,
      () => performStage(stage, { stages, workspace, context: context.directory }),
      [last],
    );
    if (last) stages.set(stage.name, last);
  }
  return last;
}

/** The files that a clone has or will have, less those that the ignore file keeps out. */
async function makeContext(settings, tools, directory) {
  const ignoreFile = path.join(settings.root, settings.ignoreFile);
  const kept = async (...flags) => {
    const input = await runWell('git', ['ls-files', '-z', ...flags], { cwd: settings.root });
    return JSON.parse(await runWell(tools.deployCheck, ['context', ignoreFile], { input }));
  };
  // What git ignores is made on the machine or secret. A build there would be sent it all the same.
  const made = await kept('--others', '--ignored', '--exclude-standard', '--directory');
  throwFindings(made.map((each) => `${each} is ignored by git but not in ${settings.ignoreFile}`));
  const files = await kept('--cached', '--others', '--exclude-standard');
  let copied = 0;
  for (const file of new Set(files)) {
    const source = path.join(settings.root, file);
    // A file that is deleted but not yet committed is still listed.
    if (!(await isFile(source))) continue;
    await mkdir(path.dirname(path.join(directory, file)), { recursive: true });
    await copyFile(source, path.join(directory, file));
    copied += 1;
  }
  return { directory, summary: `${copied} files` };
}

async function performStage(stage, { stages, workspace, context }) {
  const base = stages.get(stage.base);
  const root = path.join(workspace, 'stages', stage.name);
  await mkdir(root, { recursive: true });
  const state = { root, workdir: base?.workdir ?? '/', env: { ...base?.env }, context, stages };
  if (base) await runWell('cp', ['-a', `${base.root}/.`, root]);
  for (const step of stage.steps) {
    try {
      await PERFORMERS[step.kind](step, state);
    } catch (error) {
      const lines = error instanceof Findings ? error.lines : [String(error.message)];
      throw new Findings([`Dockerfile line ${step.line}: ${lines[0]}`, ...lines.slice(1)]);
    }
  }
  return {
    root,
    workdir: state.workdir,
    env: state.env,
    summary: `${stage.steps.length} steps performed`,
  };
}

const PERFORMERS = {
  env: (step, state) => void Object.assign(state.env, step.env),
  workdir: async (step, state) => {
    state.workdir = path.posix.resolve(state.workdir, step.target);
    await mkdir(inStage(state, '.'), { recursive: true });
  },
  run: async (step, state) => {
    const { code, stdout, stderr } = await run('sh', ['-c', step.command], {
      cwd: inStage(state, '.'),
      env: { ...plainEnvironment(), ...state.env },
    });
    if (code === 0) return;
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
    throw new Findings([`RUN ${step.command} ended with ${code}`, ...lines.slice(0, 40)]);
  },
  copy: async (step, state) => {
    const from = step.from ? state.stages.get(step.from)?.root : state.context;
    if (!from) throw new Findings([`COPY --from=${step.from}: there is no such stage`]);
    for (const source of step.sources) await copyInto(path.join(from, source), step, state);
  },
};

/** As COPY does: of a folder its content; a file under its name, where the target is a folder. */
async function copyInto(source, step, state) {
  const target = inStage(state, step.target);
  const into = /(^|\/)\.?$/.test(step.target) || step.sources.length > 1;
  const isDirectory = (await stat(source)).isDirectory();
  await mkdir(isDirectory || into ? target : path.dirname(target), { recursive: true });
  if (isDirectory) await runWell('cp', ['-a', `${source}/.`, target]);
  else await copyFile(source, into ? path.join(target, path.basename(source)) : target);
}

function inStage(state, target) {
  return path.join(state.root, path.posix.resolve(state.workdir, target));
}

/** Without what `npm run` and a developer's shell add for this repository alone. */
export function plainEnvironment() {
  const own =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)|INIT_CWD$|NODE_(ENV|OPTIONS|PATH)$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

async function isFile(file) {
  return access(file).then(
    async () => (await stat(file)).isFile(),
    () => false,
  );
}
