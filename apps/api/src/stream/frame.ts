const SHORT_PAYLOAD = 126;
const MEDIUM_PAYLOAD = 65_536;
/** A whole text message (RFC 6455 §5.2). */
const FINAL_TEXT = 0x81;

export interface FrameBody {
  readonly type: string;
  readonly seq?: number;
  readonly prev_seq?: number;
  readonly [member: string]: unknown;
}

/** One message to clients. However many get it, its bytes are made once, and once for each transport. */
export class Frame {
  private readonly payload: Buffer;
  private message: Buffer | null = null;
  private event: Buffer | null = null;

  /** @param body has its `type`; `seq`, where there is one, is the place behind which a client may resume. */
  constructor(readonly body: FrameBody) {
    this.payload = Buffer.from(JSON.stringify(body));
  }

  /** As a WebSocket message, ready for the socket: servers do not mask. */
  webSocketMessage(): Buffer {
    this.message ??= Buffer.concat([headerOf(this.payload.length), this.payload]);
    return this.message;
  }

  /** As a server-sent event. JSON has no line break in it. */
  serverSentEvent(): Buffer {
    const { type, seq } = this.body;
    const id = seq === undefined ? '' : `id: ${seq}\n`;
    this.event ??= Buffer.concat([
      Buffer.from(`event: ${type}\n${id}data: `),
      this.payload,
      Buffer.from('\n\n'),
    ]);
    return this.event;
  }
}

function headerOf(length: number): Buffer {
  if (length < SHORT_PAYLOAD) return Buffer.from([FINAL_TEXT, length]);
  if (length < MEDIUM_PAYLOAD) {
    const header = Buffer.from([FINAL_TEXT, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header[0] = FINAL_TEXT;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
