import { Agent, type IncomingHttpHeaders, request } from 'node:http';

const TIMEOUT_MS = 15_000;

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
}

export interface SendOptions {
  body?: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' });

/**
 * Sends one request exactly once: node:http, unlike fetch, never sends a request again by itself, so whoever counts
 * orders knows how many were asked for.
 * @throws the socket's error, also when there is no answer in time (`ETIMEDOUT`).
 */
export function send(
  baseUrl: string,
  method: string,
  path: string,
  options: SendOptions = {},
): Promise<Answer> {
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const headers = {
    ...(body === null
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(baseUrl + path, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, text, json: parse(text) });
      });
    });
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    const timer = setTimeout(() => {
      const error = new Error(`${method} ${path}: no answer within ${timeoutMs} ms`);
      outgoing.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Ends idle connections, so that they do not keep the test process alive. */
export function closeConnections(): void {
  agent.destroy();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
