import type {
  StreamErrorCode as ServerErrorCode,
  StreamMessage as ServerMessage,
  StreamPayload as ServerPayload,
  StreamRequest as ServerRequest,
} from '@app/contracts';
import {
  type Payload,
  readMessage,
  type StreamErrorCode,
  type StreamMessage,
  type StreamRequest,
} from './messages';

/** Fails to compile (npm run typecheck) unless each of both can stand for the other. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const AGREEMENTS: [
  Same<StreamMessage, ServerMessage>,
  Same<Payload, ServerPayload>,
  Same<StreamRequest, ServerRequest>,
  Same<StreamErrorCode, ServerErrorCode>,
  Same<
    keyof Extract<StreamMessage, { bids: unknown }>,
    keyof Extract<ServerMessage, { bids: unknown }>
  >,
  Same<
    keyof Extract<StreamMessage, { orders: unknown }>,
    keyof Extract<ServerMessage, { orders: unknown }>
  >,
] = [true, true, true, true, true, true];

describe('messages of a stream', () => {
  it('are those of the server', () => expect(AGREEMENTS).not.toContain(false));

  it.each([
    { type: 'pong' },
    { type: 'unsubscribed', channel: 'book:A' },
    { type: 'something later', member: 1 },
    { type: 'snapshot', channel: 'book:A', seq: 0, bids: [], asks: [] },
  ])('are read: %j', (message) => {
    expect(readMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"type":7}',
    '{"type":"snapshot","channel":"book:A"}',
    '{"type":"snapshot","seq":1}',
    '{"type":"delta","channel":"book:A","seq":1}',
    '{"type":"delta","channel":"book:A","seq":1,"prev_seq":"0"}',
    '{"type":"resumed","channel":"book:A","seq":-1}',
  ])('are not what is none: %j', (text) => {
    expect(readMessage(text)).toBeNull();
  });

  it('are text', () => expect(readMessage(Buffer.from('{"type":"pong"}'))).toBeNull());
});
