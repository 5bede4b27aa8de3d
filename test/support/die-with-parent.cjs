// Preloaded into every process that a test starts: its standard input is a pipe from the test, which the kernel
// closes when the test dies, however it dies. So no process is left behind, not even after a kill -9 of Jest.
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.on('error', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume();
process.stdin.unref();
