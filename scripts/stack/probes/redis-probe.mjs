/**
 * Is Redis ready? Asks it PING and wants PONG (a Redis that is still loading
 * its data answers with an error instead).
 */
import { TcpConversation } from './tcp-conversation.mjs';

const EXPECTED = '+PONG\r\n';

export async function probeRedis({ host, port }) {
  const conversation = await TcpConversation.open({ host, port });
  try {
    conversation.write('*1\r\n$4\r\nPING\r\n');
    const answer = await conversation.read(EXPECTED.length);
    if (answer.toString('latin1') === EXPECTED) return true;
    throw new Error(`Redis answered PING with ${JSON.stringify(answer.toString('latin1'))}`);
  } finally {
    conversation.close();
  }
}
