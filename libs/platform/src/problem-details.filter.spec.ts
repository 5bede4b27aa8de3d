import { PROBLEM_STATUS, type ProblemCode } from '@app/contracts';
import {
  type ArgumentsHost,
  BadRequestException,
  ForbiddenException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  PayloadTooLargeException,
} from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { pino } from 'pino';
import { Log } from './logger';
import { ProblemException, toProblem } from './problem';
import { ProblemDetailsFilter, toProblemException } from './problem-details.filter';
import { requestIdMiddleware } from './request-id';

const parserError = (message: string, status: number, type?: string) =>
  Object.assign(new Error(message), { status, type });

describe('toProblemException', () => {
  it('leaves a problem as it is', () => {
    const problem = new ProblemException('ORDER_FINAL', 'order 1 is FILLED');
    expect(toProblemException(problem)).toBe(problem);
  });

  it.each<[string, unknown, ProblemCode, string]>([
    ['a route nobody has', new NotFoundException('Cannot GET /x'), 'NOT_FOUND', 'Cannot GET /x'],
    ["Nest's 400", new BadRequestException('bad'), 'MALFORMED_REQUEST', 'bad'],
    ["Nest's 403", new ForbiddenException('no'), 'MALFORMED_REQUEST', 'no'],
    ["Nest's 413", new PayloadTooLargeException('big'), 'PAYLOAD_TOO_LARGE', 'big'],
    ['a 418', new HttpException('teapot', 418), 'MALFORMED_REQUEST', 'teapot'],
    ['a body too large', parserError('too large', 413), 'PAYLOAD_TOO_LARGE', 'too large'],
    ['an odd charset', parserError('charset', 415), 'UNSUPPORTED_MEDIA_TYPE', 'charset'],
    ['an aborted body', parserError('aborted', 400, 'aborted'), 'MALFORMED_REQUEST', 'aborted'],
    [
      'a body that is no JSON',
      parserError('Unexpected token h, "hunter2"', 400, 'entity.parse.failed'),
      'MALFORMED_JSON',
      'the body is not valid JSON',
    ],
    [
      'a path that is no UTF-8',
      new URIError('%E0'),
      'MALFORMED_REQUEST',
      'the path is not valid percent-encoded UTF-8',
    ],
  ])('tells the client of %s', (_, error, code, detail) => {
    expect(toProblemException(error)).toMatchObject({ code, detail });
  });

  it.each<[string, unknown]>([
    ['an error', new Error('hunter2')],
    ['a TypeError', new TypeError('hunter2')],
    ["Nest's 500", new InternalServerErrorException('hunter2')],
    ['a 502', new HttpException('hunter2', 502)],
    ['an error with a 500', parserError('hunter2', 500)],
    ['an error with a status that is none', parserError('hunter2', 200)],
    ['text', 'hunter2'],
    ['nothing', undefined],
    ['an object', { status: 400, message: 'hunter2' }],
  ])('tells the client nothing of %s', (_, error) => {
    const problem = toProblemException(error);
    expect(problem.code).toBe('INTERNAL_ERROR');
    expect(problem.detail).not.toContain('hunter2');
  });
});

describe('toProblem', () => {
  it.each(Object.entries(PROBLEM_STATUS))(
    'gives %s the status %d and its title',
    (code, status) => {
      expect(toProblem(new ProblemException(code as ProblemCode, 'why'), 'r-1')).toEqual({
        type: 'about:blank',
        title: STATUS_CODES[status],
        status,
        code,
        detail: 'why',
        request_id: 'r-1',
      });
    },
  );

  it('names the members that are wrong, and leaves out what there is not', () => {
    const errors = [{ pointer: '/amount', detail: 'is wrong' }];
    const problem = toProblem(new ProblemException('VALIDATION_FAILED', 'why', errors));
    expect(problem.errors).toEqual(errors);
    expect(problem).not.toHaveProperty('request_id');
    expect(toProblem(new ProblemException('NOT_FOUND', 'why'))).not.toHaveProperty('errors');
  });
});

function answerTo(error: unknown, state: { headersSent?: boolean; destroyed?: boolean } = {}) {
  const headers: Record<string, string> = {};
  const response = {
    ...state,
    statusCode: 0,
    status(code: number) {
      this.statusCode = code;
      return this;
    },
    setHeader(name: string, value: string) {
      headers[name] = value;
      return this;
    },
    end: jest.fn<void, [string?]>(),
  };
  const request = { headers: { 'x-request-id': 'r-1' } };
  requestIdMiddleware(request as never, { setHeader: () => undefined } as never, () => undefined);
  const lines: string[] = [];
  const log = new Log(pino({}, { write: (line: string) => lines.push(line) }));
  const host = {
    getType: () => 'http',
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }),
  };
  new ProblemDetailsFilter(log).catch(error, host as unknown as ArgumentsHost);
  return { status: response.statusCode, headers, body: response.end.mock.calls[0]?.[0], lines };
}

describe('ProblemDetailsFilter', () => {
  it('answers with problem details that carry the id of the request', () => {
    const { status, headers, body, lines } = answerTo(new ProblemException('INVALID_ID', 'why'));
    expect(status).toBe(400);
    expect(headers).toEqual({ 'Content-Type': 'application/problem+json' });
    expect(JSON.parse(body!)).toMatchObject({ code: 'INVALID_ID', request_id: 'r-1' });
    expect(lines).toEqual([]);
  });

  it.each(['OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN'] as const)(
    'says with %s when to try again',
    (code) => {
      const { status, headers } = answerTo(new ProblemException(code, 'why'));
      expect([status, headers['Retry-After']]).toEqual([503, '1']);
    },
  );

  it('logs what went wrong inside, and keeps it from the client', () => {
    const { status, body, lines } = answerTo(new Error('table orders is gone'));
    expect(status).toBe(500);
    expect(body).not.toContain('table');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      request_id: 'r-1',
      error: 'table orders is gone',
    });
  });

  it.each([{ headersSent: true }, { destroyed: true }])(
    'only ends an answer that can not be changed any more: %p',
    (state) => {
      const { status, headers, body } = answerTo(new ProblemException('NOT_FOUND', 'why'), state);
      expect([status, headers, body]).toEqual([0, {}, undefined]);
    },
  );

  it('leaves errors of other transports alone', () => {
    const error = new Error('of an event');
    const host = { getType: () => 'rpc' } as unknown as ArgumentsHost;
    const filter = new ProblemDetailsFilter(new Log(pino({ level: 'silent' })));
    expect(() => filter.catch(error, host)).toThrow(error);
  });
});
