import createRestClient, { type Client } from 'openapi-fetch';
import type { paths } from './api-schema';
import { createStream } from './live-stream';
import type { TradeFlowStream, WebSocketConstructor } from './stream';

export interface ClientOptions {
  /** Where the api answers, `http://localhost:8000`. */
  baseUrl: string;
  /** Left out: that of the platform (browsers, Node 22). For Node 20: `import { WebSocket } from 'ws'`. */
  WebSocket?: WebSocketConstructor;
}

export interface TradeFlowClient {
  /** `rest.GET('/orders/{id}', { params: { path: { id } } })`, typed by the OpenAPI document. */
  readonly rest: Client<paths>;
  readonly stream: TradeFlowStream;
}

export function createClient(options: ClientOptions): TradeFlowClient {
  const baseUrl = options.baseUrl.replace(/\/$/, '');
  const url = `${baseUrl.replace(/^http/, 'ws')}/stream`;
  return {
    rest: createRestClient<paths>({ baseUrl }),
    stream: createStream({ url, WebSocket: options.WebSocket }),
  };
}
