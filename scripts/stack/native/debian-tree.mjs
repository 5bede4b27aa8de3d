/**
 * Programs out of Debian packages that are unpacked into a directory of their
 * own, with the C library they were built for. No maintainer script runs, so no
 * service of the distribution is ever started or left on its usual port, and
 * the machine's own packages stay as they are.
 */
import fs from 'node:fs';
import path from 'node:path';

import { progress } from '../progress.mjs';
import { runLogged, withRetries } from '../run-command.mjs';

const ARCHITECTURES = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

function architecture() {
  const known = ARCHITECTURES[process.arch];
  if (known) return known;
  throw new Error(
    `without Docker the stack runs on x64 and arm64 only, and this machine is ${process.arch}`,
  );
}

/** Unpacks `packages` of `suite` into `target`, which appears only when complete. */
export async function unpackDebianTree({
  target,
  suite,
  components,
  packages,
  mirror,
  logFile,
  signal,
}) {
  architecture();
  if (process.getuid() !== 0) {
    throw new Error('to unpack Debian packages this has to run as root (or start a Docker engine)');
  }
  const partial = `${target}.partial`;
  const what = `unpacking ${packages.join(', ')} from ${suite}`;
  await withRetries(what, 3, { signal }, async () => {
    fs.rmSync(partial, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(partial), { recursive: true });
    progress(what);
    const args = [
      '--variant=extract',
      '--format=directory',
      // Lists of a mirror that is a snapshot are past their date.
      '--aptopt=Acquire::Check-Valid-Until "false"',
      '--aptopt=Acquire::Retries "2"',
      `--components=${components.join(',')}`,
      `--include=${[...packages, 'libc6'].join(',')}`,
      suite,
      partial,
      mirror,
    ];
    await runLogged('mmdebstrap', args, { logFile, signal });
  });
  fs.renameSync(partial, target);
}

/** The command line that runs `program` of the tree with the tree's own libraries. */
export function treeCommand(tree, program, privateLibraries = []) {
  const { triplet, loader } = architecture();
  // Older suites keep /lib apart from /usr/lib. The loader is named by its real
  // path: the links beside it are absolute and lead to the machine's own one.
  const directories = [`usr/lib/${triplet}`, `lib/${triplet}`].map((name) => path.join(tree, name));
  const loaderPath = directories
    .map((name) => path.join(name, loader))
    .find((name) => fs.existsSync(name));
  if (!loaderPath) throw new Error(`${tree} holds no ${loader}; run "down --purge" and try again`);
  const libraries = [...directories, ...privateLibraries.map((name) => path.join(tree, name))];
  return {
    command: loaderPath,
    args: ['--library-path', libraries.join(':'), path.join(tree, program)],
  };
}
