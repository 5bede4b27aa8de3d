import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that nobody listens on, below the ports from which systems take those of outgoing connections: one of
 * these may be taken by the next connection of anybody before the app binds it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
