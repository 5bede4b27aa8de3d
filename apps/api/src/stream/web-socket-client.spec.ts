import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { eventually } from '../../../../test/support/eventually';
import { Frame } from './frame';
import { WebSocketClient } from './web-socket-client';

const LONG = new Frame({ type: 'delta', text: 'x'.repeat(100_000) });

describe('a WebSocket client', () => {
  let server: Server;
  let streams: WebSocketServer;
  let browser: WebSocket;
  let webSocket: WebSocket;
  let socket: Socket;
  let client: WebSocketClient;
  let drained: number;
  const received: string[] = [];

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    streams = new WebSocketServer({ server, perMessageDeflate: false });
    await once(server, 'listening');
    received.length = 0;
    drained = 0;
    const connected = once(streams, 'connection');
    browser = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    browser.on('message', (data: Buffer) => received.push(data.toString('utf8')));
    const [accepted, request] = (await connected) as [WebSocket, { socket: Socket }];
    webSocket = accepted;
    ({ socket } = request);
    client = new WebSocketClient(webSocket, socket, () => {
      drained += 1;
    });
    if (browser.readyState !== WebSocket.OPEN) await once(browser, 'open');
  });

  afterEach(() => {
    browser.terminate();
    for (const each of streams.clients) each.terminate();
    streams.close();
    server.close();
  });

  const fill = async (enough: () => boolean): Promise<number> => {
    let sent = 0;
    for (; !enough(); sent += 1) {
      client.send(LONG);
      if (sent % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (sent > 2000) throw new Error('the system takes everything');
    }
    return sent;
  };

  it('is behind while it does not read, and says when it has caught up', async () => {
    browser.pause();
    const sent = await fill(() => client.isBehind);
    let caughtUp = false;
    void client.caughtUp().then(() => {
      caughtUp = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([caughtUp, drained]).toEqual([false, 0]);
    browser.resume();
    await eventually(() => expect([caughtUp, client.isBehind]).toEqual([true, false]));
    expect(drained).toBeGreaterThan(0);
    client.send(new Frame({ type: 'last' }));
    await eventually(() => expect(received).toHaveLength(sent + 1));
    expect(received.at(-1)).toBe('{"type":"last"}');
  });

  it('is given up when too much waits, with a code', async () => {
    browser.pause();
    await fill(() => !client.isOpen);
    expect(client.bufferedBytes).toBeLessThan(5 * 1024 * 1024);
    const closed = once(browser, 'close');
    browser.resume();
    expect((await closed)[0]).toBe(4008);
  });

  it('is cut when it does not take the farewell either', async () => {
    browser.pause();
    await fill(() => !client.isOpen);
    await eventually(() => expect(socket.destroyed).toBe(true));
  }, 10_000);

  it('is cut when it does not answer a ping until the next', async () => {
    for (let count = 0; count < 3; count += 1) {
      const answered = once(webSocket, 'pong');
      client.ping();
      await answered;
      expect(client.isOpen).toBe(true);
    }
    browser.pause();
    client.ping();
    expect(client.isOpen).toBe(true);
    client.ping();
    expect(client.isOpen).toBe(false);
  });
});
