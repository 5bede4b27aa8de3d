import { Log } from '@app/platform';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import { eventually } from '../../../test/support/eventually';
import { RedisFence } from './redis-fence';
import { RedisLink } from './redis-link';

const SILENT = new Log(pino({ level: 'silent' }));

/** A server that answers every Redis command with OK, and can vanish. */
class FakeRedis {
  private readonly sockets = new Set<Socket>();
  private server: Server = this.createServer();
  port = 0;

  async start(): Promise<void> {
    this.server = this.createServer();
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  async vanish(): Promise<void> {
    if (!this.server.listening) return;
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private createServer(): Server {
    return createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('data', (data) => {
        const commands = data.toString().match(/^\*\d+\r$/gm) ?? [];
        socket.write('+OK\r\n'.repeat(commands.length));
      });
    });
  }
}

describe('RedisLink', () => {
  const redis = new FakeRedis();
  let link: RedisLink;

  beforeEach(async () => {
    await redis.start();
    link = new RedisLink(`redis://127.0.0.1:${redis.port}/0`, SILENT);
    link.start();
    await once(link.client, 'ready');
  });
  afterEach(async () => {
    await link.stop();
    await redis.vanish();
  });

  it('lets writers go on, and never rejects, when Redis vanishes under them', async () => {
    const fence = new RedisFence(link);
    expect((await link.run((client) => client.ping()))?.value).toBe('OK');
    await redis.vanish();
    const holds = await Promise.all(
      Array.from({ length: 20 }, (_, user) => fence.hold([user + 1])),
    );
    await Promise.all(holds.map((hold) => fence.release(hold)));
    expect(await fence.version(1)).toBeNull();
  });

  it('is trusted again after Redis came back, and not before a new epoch began', async () => {
    await redis.vanish();
    expect(await link.run((client) => client.ping())).toBeNull();
    await redis.start();
    await eventually(() => expect(link.client.isReady).toBe(true));
    const set = jest.spyOn(link.client, 'set');
    expect(await link.recovers(2000)).toBe(true);
    expect(set.mock.calls.every(([key]) => key === 'user:orders:epoch')).toBe(true);
    expect((await link.run((client) => client.ping()))?.value).toBe('OK');
  });
});
