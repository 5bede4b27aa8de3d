import { runDemo } from './demo';
import { HELP, parseOptions, UsageError } from './options';
import { DataFolderError } from './server/data-folder';
import { ServerError } from './server/own-server';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort());
  }
  await runDemo(options, stop.signal, process.stderr);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const expected = [UsageError, DataFolderError, ServerError].some(
      (kind) => error instanceof kind,
    );
    const text =
      error instanceof Error && !expected ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`demo: ${text.replace(/^Error: /, '')}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
