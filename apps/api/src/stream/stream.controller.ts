import { ProblemException } from '@app/platform';
import { Controller, Get, Headers, Query as QueryParameters, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblem } from '../api-problem.decorator';
import { invalidParameters } from '../problem-errors';
import { integer, type Parameter, type Query, readQuery } from '../query';
import { parseChannel } from './channel-name';
import { EventStreamClient } from './event-stream-client';
import { isSequence } from './stream-connection';
import { StreamSessions } from './stream-sessions';

const CHANNEL: Parameter<string> = {
  read: (text) => (parseChannel(text) === null ? null : text),
  must: 'must be book:{item}, trades:{item}, ticker:{item}, candles:{item}:{interval} or orders:{user_id}',
};
/** Sequences of orders have sixteen digits. */
const SEQUENCE: Parameter<number> = {
  ...integer(0, Number.MAX_SAFE_INTEGER),
  read: (text) => readSequence(text),
  must: 'must be an integer, from 0',
};

@ApiTags('streams')
@Controller('stream')
export class StreamController {
  constructor(private readonly sessions: StreamSessions) {}

  @Get()
  @ApiOperation({
    summary: 'Follow a channel by server-sent events',
    description:
      'The same messages as by WebSocket at this path, one event each; `id` is the sequence to resume from, which an ' +
      '`EventSource` does by itself. See docs/streams.md.',
    operationId: 'stream',
  })
  @ApiQuery({ name: 'channel', schema: { type: 'string' }, example: 'book:AAPL' })
  @ApiQuery({ name: 'from_seq', required: false, schema: { type: 'integer', minimum: 0 } })
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'integer' } })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiProblem('INVALID_QUERY')
  @ApiProblem('OVERLOADED')
  follow(
    @QueryParameters() query: Query,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    const { channel, from_seq: fromSeq } = readQuery(query, {
      channel: CHANNEL,
      from_seq: SEQUENCE,
    });
    if (channel === undefined) {
      throw invalidParameters([{ pointer: 'channel', detail: 'must be given' }]);
    }
    const client = new EventStreamClient(response, () => session?.connection.drained());
    const session = this.sessions.begin(client);
    if (session === null) throw new ProblemException('OVERLOADED', 'there is no place now');
    const { socket } = request;
    const end = () => this.sessions.end(session);
    // A request that waits behind another one on its connection has an answer that is not told of the connection's end.
    socket.on('close', end);
    response.on('close', () => {
      socket.off('close', end);
      end();
    });
    client.begin();
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    // What came last counts: an EventSource asks with its first address again.
    const seq = (lastEventId === undefined ? null : readSequence(lastEventId)) ?? fromSeq ?? null;
    const error = session.connection.subscribe(channel, seq);
    if (error !== null) throw new ProblemException('INTERNAL_ERROR', error.detail);
  }
}

function readSequence(text: string): number | null {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return isSequence(value) ? value : null;
}
