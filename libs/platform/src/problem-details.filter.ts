import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { PROBLEM_STATUS, type ProblemCode } from '@app/contracts';
import type { Request, Response } from 'express';
import { describeError, Log } from './logger';
import { ProblemException, RETRY_AFTER_SECONDS, toProblem } from './problem';
import { requestIdOf } from './request-id';

/** Turns everything that is thrown while a request is handled into problem details. */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    const problem = toProblemException(error);
    const requestId = requestIdOf(request);
    if (problem.code === 'INTERNAL_ERROR') {
      this.log.error('request failed', {
        request_id: requestId,
        ...describeError(error),
      });
    }
    if (response.headersSent || response.destroyed) {
      response.end();
      return;
    }
    if (problem.status === 503) response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    const body = JSON.stringify(toProblem(problem, requestId));
    response.status(problem.status).setHeader('Content-Type', 'application/problem+json');
    response.end(body);
  }
}

/** Errors of the body parser carry a `type` and a `status`; Nest's carry a status. */
export function toProblemException(error: unknown): ProblemException {
  if (error instanceof ProblemException) return error;
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  if (!(error instanceof Error)) return new ProblemException('INTERNAL_ERROR', 'unexpected error');
  if (error instanceof URIError)
    return new ProblemException('MALFORMED_REQUEST', 'the path is not valid percent-encoded UTF-8');
  if ('type' in error && error.type === 'entity.parse.failed') {
    return new ProblemException('MALFORMED_JSON', 'the body is not valid JSON');
  }
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  return fromStatus(status, error.message);
}

const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  404: 'NOT_FOUND',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'HEADERS_TOO_LARGE',
};

function fromStatus(status: number, message: string): ProblemException {
  const code = CODE_OF_STATUS[status];
  if (code !== undefined && PROBLEM_STATUS[code] === status) {
    return new ProblemException(code, message);
  }
  if (status >= 400 && status < 500) return new ProblemException('MALFORMED_REQUEST', message);
  return new ProblemException('INTERNAL_ERROR', 'the server failed to handle the request');
}
