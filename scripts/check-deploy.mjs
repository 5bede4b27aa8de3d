#!/usr/bin/env node
/**
 * Checks what deploys the application (Dockerfile, compose files, Kubernetes manifests) without a Docker
 * engine or a cluster. It needs Go, npm, git and the package registries; nothing has to be installed or
 * built before. deploy/check/README.md tells what is checked.
 *
 *   node scripts/check-deploy.mjs
 *
 * CHECK_DEPLOY_CACHE names the folder for the built tools (default: .tmp/check-deploy).
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkComposeFiles } from './check-deploy/compose.mjs';
import { checkDockerfile } from './check-deploy/dockerfile.mjs';
import { buildImageTree } from './check-deploy/image-build.mjs';
import { checkImageTree } from './check-deploy/image-content.mjs';
import { runImage } from './check-deploy/image-run.mjs';
import { checkManifests } from './check-deploy/manifests.mjs';
import { Report } from './check-deploy/report.mjs';
import { loadSettings } from './check-deploy/settings.mjs';
import { buildTools } from './check-deploy/tools.mjs';

async function main() {
  const settings = loadSettings();
  const report = new Report();
  // Outside the repository, so that nothing is found in one of its node_modules folders by accident.
  const workspace = mkdtempSync(path.join(tmpdir(), 'check-deploy-'));
  process.on('exit', () => rmSync(workspace, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  // The image's user has to get at the files below.
  chmodSync(workspace, 0o755);
  await runChecks(report, settings, workspace);
  process.exitCode = report.finish();
}

async function runChecks(report, settings, workspace) {
  const tools = await report.check('tools', () => buildTools(settings));
  const compose = await checkComposeFiles(report, settings, tools);
  const containers = await checkManifests(report, settings, tools);
  const dockerfile = await checkDockerfile(report, settings, tools);
  const built = await buildImageTree(report, settings, { tools, dockerfile, workspace });
  const deployed = { compose, containers, dockerfile };
  await checkImageTree(report, settings, { built, ...deployed });
  await runImage(report, { built, workspace, ...deployed });
}

await main();
