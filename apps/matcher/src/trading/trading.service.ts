import type { Claim } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { type BookEvent, type SessionResult, TradingSession } from './trading-session';
import { TradingRepository } from './trading.repository';

interface Held {
  epoch: number;
  session: TradingSession;
}

/** Keeps the books of each partition that this process has claimed. */
@Injectable()
export class TradingService {
  private readonly sessions = new Map<string, Held>();

  constructor(private readonly store: TradingRepository) {}

  /**
   * Carries out events of book orders in memory.
   * @returns what has to be written for them. When it is not, or this throws, call `forget`.
   */
  run(claim: Claim, events: readonly BookEvent[], nowMs: number): Promise<SessionResult> {
    return this.sessionOf(claim).run(events, nowMs);
  }

  /** Drops the books of a partition: they are read from the store again. */
  forget(claim: Claim): void {
    const key = keyOf(claim);
    if (this.sessions.get(key)?.epoch === claim.epoch) this.sessions.delete(key);
  }

  private sessionOf(claim: Claim): TradingSession {
    const key = keyOf(claim);
    const held = this.sessions.get(key);
    if (held?.epoch === claim.epoch) return held.session;
    const session = new TradingSession(this.store);
    this.sessions.set(key, { epoch: claim.epoch, session });
    return session;
  }
}

function keyOf({ topic, partition }: Claim): string {
  return `${topic}/${partition}`;
}
