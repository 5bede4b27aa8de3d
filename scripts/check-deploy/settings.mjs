/** What is checked, and where. The versions of the tools are pinned in the go.mod files of deploy/check. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** `secrets` are those that have to exist before; deploy/kubernetes/README.md documents them. */
const OVERLAYS = Object.freeze([
  { name: 'dev', secrets: [] },
  { name: 'production', secrets: ['tradeflow-credentials'] },
]);

/** The oldest Kubernetes that the manifests are for: the first one whose preStop knows `sleep`. */
const KUBERNETES_VERSION = 'v1.30';

export function loadSettings() {
  const root = REPOSITORY_ROOT;
  return {
    root,
    cache: path.resolve(root, process.env.CHECK_DEPLOY_CACHE || path.join('.tmp', 'check-deploy')),
    composeFile: 'docker-compose.yml',
    stackComposeFile: 'deploy/stack.compose.yml',
    dockerfile: 'deploy/Dockerfile',
    ignoreFile: '.dockerignore',
    goModules: ['deploy/check', 'deploy/check/tools'],
    kubernetes: 'deploy/kubernetes',
    kubernetesVersion: KUBERNETES_VERSION,
    overlays: OVERLAYS,
  };
}
