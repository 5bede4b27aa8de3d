/**
 * Docker or native? The stack's own record decides while a stack is there, so
 * that an engine that comes or goes doesn't orphan what was started.
 */
import fs from 'node:fs';
import path from 'node:path';

import { createDockerBackend, whyNotDocker } from './docker-backend.mjs';
import { whyNotNative } from './native/host-tools.mjs';
import { createNativeBackend } from './native/native-backend.mjs';

const modeFileOf = (settings) => path.join(settings.runDirectory, 'mode');

export function recordMode(mode, settings) {
  fs.mkdirSync(settings.runDirectory, { recursive: true });
  fs.writeFileSync(modeFileOf(settings), `${mode}\n`);
}

export function forgetMode(settings) {
  fs.rmSync(modeFileOf(settings), { force: true });
}

async function detectMode() {
  const noDocker = await whyNotDocker();
  if (!noDocker) return 'docker';
  const noNative = whyNotNative();
  if (!noNative) return 'native';
  throw new Error(
    `the stack needs a Docker engine (${noDocker}) or Debian/Ubuntu as root (${noNative}); neither is here`,
  );
}

export async function chooseBackend(settings) {
  const modeFile = modeFileOf(settings);
  const recorded = fs.existsSync(modeFile) ? fs.readFileSync(modeFile, 'utf8').trim() : '';
  const mode = recorded === '' ? await detectMode() : recorded;
  return mode === 'docker' ? createDockerBackend(settings) : createNativeBackend(settings);
}
