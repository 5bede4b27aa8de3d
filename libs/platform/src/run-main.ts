import { ConfigError } from './env-reader';
import { redactUrls } from './redact';

/**
 * Runs a process's main function. A wrong configuration or a failed start ends the process with 1 and
 * one line on standard error, not with a stack trace.
 */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    if (error instanceof ConfigError) {
      for (const line of error.lines) process.stderr.write(`configuration error: ${line}\n`);
    } else {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`failed to start: ${redactUrls(text)}\n`);
    }
    process.exit(1);
  });
}
