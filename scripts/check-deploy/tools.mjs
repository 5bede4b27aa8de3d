import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Findings } from './report.mjs';
import { run, runWell } from './run.mjs';

/**
 * Builds the tools into the cache folder. Their versions and checksums are those of the committed go.mod
 * and go.sum files, which are not changed here. Built before, they come from Go's own build cache.
 */
export async function buildTools(settings) {
  const version = await goVersion();
  const bin = path.join(settings.cache, 'bin');
  await mkdir(bin, { recursive: true });
  const env = { ...process.env, GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off' };
  const [checkModule, toolsModule] = settings.goModules.map((each) =>
    path.join(settings.root, each),
  );
  await checkFormat(checkModule);
  await runWell('go', ['build', '-o', path.join(bin, 'deploy-check'), '.'], {
    cwd: checkModule,
    env,
  });
  await runWell('go', ['build', '-o', `${bin}${path.sep}`, 'tool'], { cwd: toolsModule, env });
  return {
    deployCheck: path.join(bin, 'deploy-check'),
    kustomize: path.join(bin, 'kustomize'),
    kubeScore: path.join(bin, 'kube-score'),
    summary: `deploy-check, kustomize and kube-score built with ${version}`,
  };
}

async function goVersion() {
  try {
    return (await runWell('go', ['env', 'GOVERSION'])).trim();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Findings([
      'Go is not installed: install it (deploy/check/go.mod names the version) and run this again',
    ]);
  }
}

async function checkFormat(directory) {
  const { code, stdout, stderr } = await run('gofmt', ['-l', '.'], { cwd: directory });
  if (code !== 0 || stdout !== '')
    throw new Findings([`gofmt would change: ${stdout || stderr}`.trim()]);
}
