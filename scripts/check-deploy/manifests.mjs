import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Findings, throwFindings } from './report.mjs';
import { run, runWell } from './run.mjs';

/** Off unless asked for, and met by these manifests. The others want requests equal to limits. */
const OPTIONAL_TESTS = ['container-ports-check', 'container-seccomp-profile'];

/** @returns the containers of all overlays as they will run, or null. */
export async function checkManifests(report, settings, tools) {
  await report.check('kubernetes overlays', () => checkOverlayList(settings));
  const results = [];
  for (const overlay of settings.overlays) {
    results.push(await checkOverlay(report, settings, tools, overlay));
  }
  return results.includes(null) ? null : results.flat();
}

/** An overlay that no one checks, or a Secret that no one is told to make, is a finding. */
async function checkOverlayList(settings) {
  const directory = path.join(settings.root, settings.kubernetes);
  const found = (await readdir(path.join(directory, 'overlays'))).sort();
  const listed = settings.overlays.map((each) => each.name).sort();
  const readme = await readFile(path.join(directory, 'README.md'), 'utf8');
  const secrets = settings.overlays.flatMap((each) => each.secrets);
  throwFindings([
    ...(found.join() === listed.join()
      ? []
      : [`overlays are ${found.join()}, but ${listed.join()} are checked`]),
    ...secrets
      .filter((each) => !readme.includes(each))
      .map((each) => `README.md does not tell of the Secret ${each}`),
  ]);
  return { summary: listed.join(', ') };
}

async function checkOverlay(report, settings, tools, overlay) {
  const title = `kubernetes ${overlay.name}`;
  const rendered = await report.check(
    `${title} renders`,
    async () => {
      const directory = path.join(settings.root, settings.kubernetes, 'overlays', overlay.name);
      const text = await runWell(tools.kustomize, ['build', directory]);
      return { text, summary: `${text.split(/^kind: /m).length - 1} manifests` };
    },
    [tools],
  );
  const valid = await report.check(
    `${title} api server rules, restricted pod security, references`,
    async () => {
      const output = await runWell(tools.deployCheck, ['manifests', ...overlay.secrets], {
        input: rendered.text,
      });
      const containers = JSON.parse(output).map((each) => ({
        ...each,
        owner: `${overlay.name} ${each.owner}`,
      }));
      return { containers, summary: `${containers.length} containers` };
    },
    [tools, rendered],
  );
  await report.check(`${title} kube-score`, () => score(settings, tools, rendered.text), [
    tools,
    rendered,
  ]);
  return valid && valid.containers;
}

async function score(settings, tools, text) {
  const args = ['score', '--output-format', 'ci', '--exit-one-on-warning'];
  args.push('--kubernetes-version', settings.kubernetesVersion);
  for (const test of OPTIONAL_TESTS) args.push('--enable-optional-test', test);
  const { code, stdout, stderr } = await run(tools.kubeScore, [...args, '-'], { input: text });
  const lines = stdout.split('\n').filter((line) => line !== '');
  const passed = lines.filter((line) => line.startsWith('[OK]'));
  const bad = lines.filter((line) => !line.startsWith('[OK]') && !line.startsWith('[SKIPPED]'));
  if (code !== 0 || bad.length > 0 || passed.length === 0) {
    throw new Findings([
      `kube-score ended with ${code}`,
      ...bad,
      ...stderr.split('\n').filter(Boolean),
    ]);
  }
  return { summary: `${passed.length} tests` };
}
