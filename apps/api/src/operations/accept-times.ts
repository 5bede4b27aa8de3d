import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Latencies, type Percentiles } from './latencies';

const ARRIVED = 'http.server.request.start';
const ANSWERED = 'http.server.response.finish';
const ARRIVED_MS = Symbol('when a request arrived');
const PATH = /^\/orders\/?(?:$|\?)/;

interface Timed extends IncomingMessage {
  [ARRIVED_MS]?: number;
}

/** What Node tells of a request. */
interface Exchange {
  request: Timed;
  response: ServerResponse;
  server: Server;
}

/**
 * How long `POST /orders` takes, from its head to its answer, where the order was accepted. Node tells of both moments
 * by itself, so nothing stands between a request and its handler.
 */
@Injectable()
export class AcceptTimes implements OnModuleInit, OnModuleDestroy {
  private readonly latencies = new Latencies();

  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    subscribe(ARRIVED, this.arrived);
    subscribe(ANSWERED, this.answered);
  }

  onModuleDestroy(): void {
    unsubscribe(ARRIVED, this.arrived);
    unsubscribe(ANSWERED, this.answered);
  }

  /** @returns null when no order was accepted since they were taken last. */
  take(): Percentiles | null {
    return this.latencies.take();
  }

  private readonly arrived = (message: unknown): void => {
    const { request, server } = message as Exchange;
    if (request.method !== 'POST' || !PATH.test(request.url ?? '')) return;
    if (server === this.host.httpAdapter.getHttpServer()) request[ARRIVED_MS] = performance.now();
  };

  private readonly answered = (message: unknown): void => {
    const { request, response } = message as Exchange;
    const arrivedMs = request[ARRIVED_MS];
    if (arrivedMs === undefined || response.statusCode >= 300) return;
    this.latencies.record(performance.now() - arrivedMs);
  };
}
