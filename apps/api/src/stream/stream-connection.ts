import { parseId, type StreamErrorCode } from '@app/contracts';
import { isStoreUnavailable } from '@app/persistence';
import { ProblemException } from '@app/platform';
import { BookTooLargeError } from './book-channel';
import type { Channel, Subscriber } from './channel';
import { Frame } from './frame';
import { TooManyOrdersError } from './orders-channel';
import type { StreamClient } from './stream-client';
import type { StreamHub } from './stream-hub';

/** Why something that was asked for was not done. */
export interface StreamError {
  code: StreamErrorCode;
  detail: string;
}

const MAX_SUBSCRIPTIONS = 200;
const MAX_GUARDED_USERS = 20;
const PONG = new Frame({ type: 'pong' });

interface Subscription extends Subscriber {
  channel: Channel;
}

/** What one client listens to, and what it has asked for. */
export class StreamConnection {
  private readonly subscriptions = new Map<string, Subscription>();
  private users: number[] = [];

  constructor(
    private readonly client: StreamClient,
    private readonly hub: StreamHub,
  ) {}

  /** Channels that it listens to. */
  get subscriptionCount(): number {
    return this.subscriptions.size;
  }

  /** Users whose orders are cancelled when the connection ends. */
  get guardedUsers(): readonly number[] {
    return this.users;
  }

  /** Carries out a message. One that can not be carried out is answered with an error, and changes nothing. */
  receive(text: string): void {
    const error = this.carryOut(text);
    if (error !== null) this.sendError(error);
  }

  /** @returns why not; null when it is on its way. */
  subscribe(name: string, fromSeq: number | null): StreamError | null {
    if (this.subscriptions.has(name)) {
      return { code: 'ALREADY_SUBSCRIBED', detail: 'the channel is subscribed to already' };
    }
    if (this.subscriptions.size >= MAX_SUBSCRIPTIONS) {
      const detail = `a connection has ${MAX_SUBSCRIPTIONS} subscriptions at most`;
      return { code: 'TOO_MANY_SUBSCRIPTIONS', detail };
    }
    const channel = this.hub.open(name);
    if (channel === null) {
      return { code: 'UNKNOWN_CHANNEL', detail: 'the text does not name a channel' };
    }
    const subscription: Subscription = {
      client: this.client,
      channel,
      seq: fromSeq,
      fail: (error) => {
        this.subscriptions.delete(name);
        this.hub.release(channel);
        this.sendError(errorOf(error), name);
      },
    };
    this.subscriptions.set(name, subscription);
    if (fromSeq !== null) {
      this.client.send(new Frame({ type: 'resumed', channel: name, seq: fromSeq }));
    }
    channel.join(subscription);
    return null;
  }

  /** The client takes messages again. */
  drained(): void {
    for (const subscription of this.subscriptions.values()) {
      subscription.channel.resume(subscription);
    }
  }

  /** The connection has ended. */
  closed(): void {
    for (const name of this.subscriptions.keys()) this.unsubscribe(name);
  }

  sendError({ code, detail }: StreamError, channel?: string): void {
    this.client.send(
      new Frame({ type: 'error', code, detail, ...(channel === undefined ? {} : { channel }) }),
    );
  }

  private carryOut(text: string): StreamError | null {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return { code: 'MALFORMED_JSON', detail: 'the message is not JSON' };
    }
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      return { code: 'INVALID_MESSAGE', detail: 'the message must be an object' };
    }
    const {
      op,
      channel,
      from_seq: fromSeq = null,
      user_ids: userIds,
    } = message as Record<string, unknown>;
    switch (op) {
      case 'ping':
        this.client.send(PONG);
        return null;
      case 'subscribe':
        return this.carryOutSubscribe(channel, fromSeq);
      case 'unsubscribe':
        return this.carryOutUnsubscribe(channel);
      case 'cancel_on_disconnect':
        return this.guard(userIds);
      default: {
        const detail = 'op must be subscribe, unsubscribe, cancel_on_disconnect or ping';
        return { code: 'UNKNOWN_OP', detail };
      }
    }
  }

  private carryOutSubscribe(channel: unknown, fromSeq: unknown): StreamError | null {
    if (typeof channel !== 'string') return noChannel();
    if (fromSeq !== null && !isSequence(fromSeq)) {
      const detail = 'from_seq must be an integer, from 0';
      this.sendError({ code: 'INVALID_FROM_SEQ', detail }, channel);
      return null;
    }
    const error = this.subscribe(channel, fromSeq);
    if (error !== null) this.sendError(error, channel);
    return null;
  }

  private carryOutUnsubscribe(channel: unknown): StreamError | null {
    if (typeof channel !== 'string') return noChannel();
    if (this.unsubscribe(channel)) {
      this.client.send(new Frame({ type: 'unsubscribed', channel }));
    } else {
      const detail = 'the channel is not subscribed to';
      this.sendError({ code: 'NOT_SUBSCRIBED', detail }, channel);
    }
    return null;
  }

  private unsubscribe(name: string): boolean {
    const subscription = this.subscriptions.get(name);
    if (subscription === undefined) return false;
    this.subscriptions.delete(name);
    subscription.channel.leave(subscription);
    this.hub.release(subscription.channel);
    return true;
  }

  private guard(userIds: unknown): StreamError | null {
    const users = Array.isArray(userIds) ? userIds.map((id) => readUserId(id)) : [null];
    const known = users.filter((id) => id !== null);
    if (known.length < users.length || users.length > MAX_GUARDED_USERS) {
      const detail = `user_ids must be a list of at most ${MAX_GUARDED_USERS} positive integers`;
      return { code: 'INVALID_MESSAGE', detail };
    }
    this.users = [...new Set(known)];
    this.client.send(new Frame({ type: 'cancel_on_disconnect', user_ids: this.users }));
    return null;
  }
}

export function isSequence(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function readUserId(value: unknown): number | null {
  return typeof value === 'number' ? parseId(String(value)) : null;
}

function noChannel(): StreamError {
  return { code: 'INVALID_MESSAGE', detail: 'channel must be text' };
}

function errorOf(error: unknown): StreamError {
  if (error instanceof BookTooLargeError || error instanceof TooManyOrdersError) {
    return { code: 'TOO_LARGE', detail: error.message };
  }
  const isAway =
    isStoreUnavailable(error) ||
    (error instanceof ProblemException && error.code === 'STORE_UNAVAILABLE');
  return isAway
    ? { code: 'STORE_UNAVAILABLE', detail: 'the channel can not be read now, try again' }
    : { code: 'INTERNAL_ERROR', detail: 'the channel can not be read' };
}
