// Preloaded into the server that a demo starts: its standard input is a pipe from the demo, which the system closes
// when the demo ends, however it ends. So no server is left behind.
const end = (): void => {
  process.kill(process.pid, 'SIGTERM');
};
process.stdin.on('end', end);
process.stdin.on('error', end);
process.stdin.resume();
process.stdin.unref();
