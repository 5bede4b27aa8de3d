import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from './config';
import { LeanExpressAdapter } from './lean-express-adapter';
import { Log, NestLog } from './logger';
import { PlatformModule } from './platform.module';
import { ProblemException, toProblem } from './problem';
import { ProblemDetailsFilter, toProblemException } from './problem-details.filter';
import { requestIdMiddleware } from './request-id';

/** Largest request body in bytes; a larger one is refused with 413. */
const BODY_LIMIT_BYTES = 1024 * 1024;
const LARGE_BODY_LIMIT_BYTES = 4 * BODY_LIMIT_BYTES;

/** Longer than the usual 60 s of a load balancer, which must be the one to close an idle connection. */
const KEEP_ALIVE_MS = 65_000;
const REQUEST_TIMEOUT_MS = 30_000;

class Root {}

/**
 * Makes the Nest application of one process: the given root module on top of the platform, with request ids,
 * strict JSON bodies and problem details.
 * @param largeBodies paths whose bodies may have 4 MiB instead of 1.
 */
export async function createHttpApp(
  config: Config,
  log: Log,
  root: Type | DynamicModule,
  largeBodies: readonly string[] = [],
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    { module: Root, imports: [PlatformModule.forRoot(config, log), root] },
    new LeanExpressAdapter(),
    { bodyParser: false, logger: new NestLog(log), abortOnError: false },
  );
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(requestIdMiddleware);
  app.use(refuseMissingHost);
  app.use(refuseOtherMediaTypes);
  const jsonOptions = { strict: false, verify: refuseInvalidUtf8 };
  // The first parser that takes a body is the only one to see it.
  app.useBodyParser('json', {
    ...jsonOptions,
    limit: LARGE_BODY_LIMIT_BYTES,
    type: (request) => largeBodies.includes(pathOf(request)) && isJson(request),
  });
  app.useBodyParser('json', { ...jsonOptions, limit: BODY_LIMIT_BYTES, type: isJson });
  app.use(nameBodyErrors);
  app.useGlobalFilters(new ProblemDetailsFilter(log));
  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1000;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.on('clientError', answerClientError);
  server.on('checkExpectation', refuseExpectation);
  Object.assign(server, { requireHostHeader: false });
  return app;
}

function isJson(request: IncomingMessage): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0]!;
}

function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return (
    request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
  );
}

/** A body that is not JSON is refused rather than ignored, whatever the method. */
function refuseOtherMediaTypes(
  request: IncomingMessage,
  _response: ServerResponse,
  next: (error?: unknown) => void,
): void {
  if (!hasBody(request) || isJson(request)) next();
  else next(new ProblemException('UNSUPPORTED_MEDIA_TYPE', 'the body must be application/json'));
}

/** JSON is UTF-8 (RFC 8259); bytes that are not would otherwise be stored as replacement characters. */
function refuseInvalidUtf8(
  _request: IncomingMessage,
  _response: ServerResponse,
  body: Buffer,
  encoding: string,
): void {
  if (encoding !== 'utf-8') {
    throw new ProblemException('UNSUPPORTED_MEDIA_TYPE', 'the charset of JSON must be utf-8');
  }
  if (!isUtf8(body)) throw new ProblemException('MALFORMED_JSON', 'the body is not valid UTF-8');
}

/**
 * Gives the body parser's errors their codes before Nest turns them into errors of its own, as it does with all that
 * the parser has marked: hence a new one.
 */
function nameBodyErrors(
  error: unknown,
  _request: IncomingMessage,
  _response: ServerResponse,
  next: (error: unknown) => void,
): void {
  const { code, detail, errors } = toProblemException(error);
  next(new ProblemException(code, detail, errors));
}

/** HTTP/1.1 requires a Host (RFC 9112). Node would refuse the request without a word. */
function refuseMissingHost(
  request: IncomingMessage,
  _response: ServerResponse,
  next: (error?: unknown) => void,
): void {
  const missing = request.headers.host === undefined && request.httpVersion === '1.1';
  if (missing) next(new ProblemException('MALFORMED_REQUEST', 'the Host header is missing'));
  else next();
}

function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const problem = new ProblemException('EXPECTATION_FAILED', 'only Expect: 100-continue is known');
  response.writeHead(problem.status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify(toProblem(problem)));
}

/** Answers requests that are too broken to reach the application. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = clientProblem(error.code);
  const body = JSON.stringify(toProblem(problem));
  socket.end(
    `HTTP/1.1 ${problem.status} ${toProblem(problem).title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function clientProblem(code: string | undefined): ProblemException {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new ProblemException('HEADERS_TOO_LARGE', 'the headers are too large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new ProblemException('REQUEST_TIMEOUT', 'the request did not arrive in time');
  return new ProblemException('MALFORMED_REQUEST', 'the request is not valid HTTP');
}

/** Connections that may wait to be accepted: a crowd that arrives at once must not be told to come again in a second. */
const BACKLOG = 4096;

/** Starts to take requests. */
export async function listen(app: INestApplication, port: number): Promise<void> {
  await app.init();
  const server: Server = app.getHttpServer();
  server.listen({ port, backlog: BACKLOG });
  await once(server, 'listening');
}

/** Where the application answers, for humans. */
export function addressOf(app: INestApplication): { port: number } {
  const server: Server = app.getHttpServer();
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen');
  return { port: address.port };
}
