import { STREAM_CLOSE_CODES } from '@app/contracts';
import { describeError, Log } from '@app/platform';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket, WebSocketServer } from 'ws';
import { StreamSessions } from './stream-sessions';
import { WebSocketClient } from './web-socket-client';

/** Longest message of a client in bytes; a longer one ends the connection with 1009. */
const MAX_MESSAGE_BYTES = 16 * 1024;

/**
 * WebSockets at `/stream`. Messages are answered one by one, wrong ones too, so they are read here rather than by
 * handlers of events, for which a message that is none of them does not exist.
 */
@WebSocketGateway({ path: '/stream', maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
export class StreamGateway implements OnGatewayInit<WebSocketServer> {
  constructor(
    private readonly sessions: StreamSessions,
    private readonly log: Log,
  ) {}

  afterInit(server: WebSocketServer): void {
    server.on('connection', (webSocket: WebSocket, request: IncomingMessage) =>
      this.connected(webSocket, request),
    );
  }

  private connected(webSocket: WebSocket, request: IncomingMessage): void {
    const client = new WebSocketClient(webSocket, request.socket, () =>
      session?.connection.drained(),
    );
    const session = this.sessions.begin(client);
    if (session === null) {
      client.close(STREAM_CLOSE_CODES.TRY_AGAIN_LATER, 'there is no place now');
      return;
    }
    webSocket.on('close', () => this.sessions.end(session));
    webSocket.on('message', (data: RawData, isBinary: boolean) => {
      try {
        if (!isBinary) {
          session.connection.receive(textOf(data));
          return;
        }
        const detail = 'messages are text';
        session.connection.sendError({ code: 'INVALID_MESSAGE', detail });
      } catch (error) {
        this.log.error('a message could not be carried out', describeError(error));
        const detail = 'the message could not be carried out';
        session.connection.sendError({ code: 'INTERNAL_ERROR', detail });
      }
    });
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
