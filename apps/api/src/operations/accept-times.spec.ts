import type { HttpAdapterHost } from '@nestjs/core';
import { channel } from 'node:diagnostics_channel';
import { AcceptTimes } from './accept-times';

const server = {};

describe('AcceptTimes', () => {
  let times: AcceptTimes;

  beforeEach(() => {
    const host = { httpAdapter: { getHttpServer: () => server } };
    times = new AcceptTimes(host as unknown as HttpAdapterHost);
    times.onModuleInit();
  });

  afterEach(() => times.onModuleDestroy());

  const exchange = (method: string, url: string, statusCode: number, of: object = server): void => {
    const message = { request: { method, url }, response: { statusCode }, server: of };
    channel('http.server.request.start').publish(message);
    channel('http.server.response.finish').publish(message);
  };

  it.each([
    ['POST', '/orders', 201],
    ['POST', '/orders', 200],
    ['POST', '/orders?x=1', 201],
    ['POST', '/orders/', 201],
  ])('measures %s %s that is answered with %i', (method, url, status) => {
    exchange(method, url, status);
    expect(times.take()?.p50Ms).toBeGreaterThan(0);
    expect(times.take()).toBeNull();
  });

  it.each([
    ['GET', '/orders', 200],
    ['POST', '/orders/batch', 200],
    ['POST', '/orders', 400],
    ['POST', '/orders', 503],
  ])('leaves out %s %s that is answered with %i', (method, url, status) => {
    exchange(method, url, status);
    expect(times.take()).toBeNull();
  });

  it('leaves out what other servers of the process answer', () => {
    exchange('POST', '/orders', 201, {});
    expect(times.take()).toBeNull();
  });
});
