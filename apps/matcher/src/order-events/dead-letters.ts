import { type DeadLetterReason, ORDER_EVENTS_DLQ_TOPIC } from '@app/contracts';
import { type EventBatch, type NewEvent, Outbox } from '@app/messaging';
import type { Transaction } from '@app/persistence';
import { Log } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Longer values are cut, so that a dead letter always fits into a message. */
const MAX_VALUE_CHARACTERS = 8192;
const LETTERS_PER_ENTRY = 100;

export interface DeadLetter {
  /** Index of the event in its batch. */
  index: number;
  reason: DeadLetterReason;
}

/** Puts events that can not be handled into `order.events.dlq`, in the transaction that passes over them. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  async append(
    tx: Transaction,
    batch: EventBatch,
    letters: readonly DeadLetter[],
    nowMs: number,
  ): Promise<void> {
    const events = letters.map((letter) => toEvent(batch, letter, nowMs));
    for (let start = 0; start < events.length; start += LETTERS_PER_ENTRY) {
      await this.outbox.append(
        tx,
        ORDER_EVENTS_DLQ_TOPIC,
        events.slice(start, start + LETTERS_PER_ENTRY),
        nowMs,
      );
    }
  }

  /** Call after the commit. */
  report(batch: EventBatch, letters: readonly DeadLetter[]): void {
    for (const { index, reason } of letters) {
      const { topic, partition } = batch;
      this.log.warn('event dead-lettered', {
        reason,
        topic,
        partition,
        offset: batch.events[index]?.offset,
      });
    }
  }
}

function toEvent(batch: EventBatch, letter: DeadLetter, nowMs: number): NewEvent {
  const event = batch.events[letter.index]!;
  const value = event.value ?? null;
  const cut = value !== null && value.length > MAX_VALUE_CHARACTERS;
  return {
    key: event.key?.slice(0, 255) ?? '',
    value: {
      type: 'EVENT_DEAD_LETTERED',
      reason: letter.reason,
      topic: batch.topic,
      partition: batch.partition,
      offset: String(event.offset),
      occurred_at: new Date(nowMs).toISOString(),
      value: cut ? value.slice(0, MAX_VALUE_CHARACTERS).toWellFormed() : value,
      ...(cut ? { value_cut: true } : {}),
    },
  };
}
