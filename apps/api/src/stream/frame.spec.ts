import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { Frame } from './frame';

describe('a frame', () => {
  it('is an event with its sequence as id', () => {
    const frame = new Frame({ type: 'delta', seq: 7, item: 'a\nb' });
    expect(frame.serverSentEvent().toString()).toBe(
      'event: delta\nid: 7\ndata: {"type":"delta","seq":7,"item":"a\\nb"}\n\n',
    );
    expect(new Frame({ type: 'pong' }).serverSentEvent().toString()).not.toContain('id:');
  });

  it('is a message that any WebSocket reads, whatever its length', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const streams = new WebSocketServer({ server, perMessageDeflate: false });
    const around = JSON.stringify({ type: 'x', text: 'é' }).length - 1;
    const bodies = [around + 2, 125, 126, 127, 65_535, 65_536, 65_537, 200_000].map((length) => ({
      type: 'x',
      text: `é${'.'.repeat(length - around - 2)}`,
    }));
    streams.on('connection', (webSocket, { socket }: { socket: Socket }) => {
      for (const body of bodies) {
        socket.write(new Frame(body).webSocketMessage());
        webSocket.ping();
      }
    });
    await once(server, 'listening');
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const received: unknown[] = [];
    await new Promise<void>((resolve) => {
      client.on('message', (data: Buffer) => {
        received.push(JSON.parse(data.toString('utf8')));
        if (received.length === bodies.length) resolve();
      });
    });
    expect(received).toEqual(bodies);
    client.terminate();
    streams.close();
    server.close();
  });
});
