import type { NestExpressApplication } from '@nestjs/platform-express';
import { WsAdapter } from '@nestjs/platform-ws';

/** Connections look after their own errors: what a client does wrong is no error of ours. */
class StreamAdapter extends WsAdapter {
  override bindErrorHandler<Server>(server: Server): Server {
    return server;
  }
}

/** Serves WebSockets on the port of the api. */
export function setupStream(app: NestExpressApplication): void {
  app.useWebSocketAdapter(new StreamAdapter(app));
}
