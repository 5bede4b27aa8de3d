/**
 * Progress messages. They go to stderr, since stdout is for `eval`.
 */
const startedAt = Date.now();

export function progress(message) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(5);
  process.stderr.write(`[stack ${seconds}s] ${message}\n`);
}
