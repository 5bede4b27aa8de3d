import { STREAM_CLOSE_CODES } from '@app/contracts';
import { Health, Log } from '@app/platform';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CancelOnDisconnect } from './cancel-on-disconnect';
import type { StreamClient } from './stream-client';
import { StreamConnection } from './stream-connection';
import { StreamHub } from './stream-hub';

const MAX_SESSIONS = 20_000;
const PING_EVERY_MS = 15_000;
/** Not all are pinged at the same moment. */
const PING_PARTS = 15;

/** A client that can be asked whether it is there. */
type LiveClient = StreamClient & { ping(): void };

export interface Session {
  readonly client: LiveClient;
  readonly connection: StreamConnection;
  /** When in a round of pings it has its turn. */
  readonly part: number;
}

/** The open connections of this process: counts them, pings them, ends them. */
@Injectable()
export class StreamSessions implements OnModuleInit, OnModuleDestroy {
  private readonly sessions = new Set<Session>();
  private opened = 0;
  private part = 0;
  private readonly clock = setInterval(() => this.ping(), PING_EVERY_MS / PING_PARTS);

  constructor(
    private readonly hub: StreamHub,
    private readonly cancels: CancelOnDisconnect,
    private readonly health: Health,
    private readonly log: Log,
  ) {
    this.clock.unref();
  }

  /** How many connections there are, and subscriptions of all of them. */
  count(): { connections: number; subscriptions: number } {
    let subscriptions = 0;
    for (const { connection } of this.sessions) subscriptions += connection.subscriptionCount;
    return { connections: this.sessions.size, subscriptions };
  }

  onModuleInit(): void {
    this.health.onShutdown(() => this.closeAll());
  }

  onModuleDestroy(): void {
    clearInterval(this.clock);
    this.closeAll();
  }

  /** @returns null when there is no place for it, or no time any more. */
  begin(client: LiveClient): Session | null {
    if (this.health.isStopping || this.sessions.size >= MAX_SESSIONS) return null;
    this.opened += 1;
    const connection = new StreamConnection(client, this.hub);
    const session = { client, connection, part: this.opened % PING_PARTS };
    this.sessions.add(session);
    return session;
  }

  /** The connection has ended, whoever ended it. What was asked for that case is done, once. */
  end(session: Session): void {
    if (!this.sessions.delete(session)) return;
    session.connection.closed();
    this.cancels.disconnected(session.connection.guardedUsers);
  }

  private closeAll(): void {
    if (this.sessions.size > 0) this.log.info('streams are closed', { count: this.sessions.size });
    for (const session of this.sessions) {
      session.client.close(STREAM_CLOSE_CODES.GOING_AWAY, 'the server stops');
      this.end(session);
    }
  }

  private ping(): void {
    this.part = (this.part + 1) % PING_PARTS;
    for (const { client, part } of this.sessions) if (part === this.part) client.ping();
  }
}
