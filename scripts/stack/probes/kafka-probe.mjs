/**
 * Is Kafka ready? Asks the broker which versions it speaks (ApiVersions) and
 * then for the cluster's metadata: ready means that the answer names a broker
 * and a controller, which an open port alone doesn't say.
 */
import { TcpConversation } from './tcp-conversation.mjs';

const API_METADATA = 3;
const API_VERSIONS = 18;
/** The first metadata version that tells the controller; still served by Kafka 4. */
const METADATA_VERSION = 1;
const CLIENT_ID = 'stack-probe';
const MAX_RESPONSE_BYTES = 1024 * 1024;

function encodeRequest(apiKey, apiVersion, correlationId, body) {
  const clientId = Buffer.from(CLIENT_ID, 'utf8');
  const header = Buffer.alloc(4 + 2 + 2 + 4 + 2);
  header.writeInt32BE(header.length - 4 + clientId.length + body.length, 0);
  header.writeInt16BE(apiKey, 4);
  header.writeInt16BE(apiVersion, 6);
  header.writeInt32BE(correlationId, 8);
  header.writeInt16BE(clientId.length, 12);
  return Buffer.concat([header, clientId, body]);
}

async function readResponse(conversation, correlationId) {
  const length = (await conversation.read(4)).readInt32BE(0);
  if (length < 4 || length > MAX_RESPONSE_BYTES) {
    throw new Error(`the answer is no Kafka response (length ${length})`);
  }
  const response = await conversation.read(length);
  if (response.readInt32BE(0) !== correlationId) {
    throw new Error('Kafka answered another request than the one sent');
  }
  return response.subarray(4);
}

function assertMetadataVersion(body) {
  const errorCode = body.readInt16BE(0);
  if (errorCode !== 0) throw new Error(`Kafka answered ApiVersions with error ${errorCode}`);
  const count = body.readInt32BE(2);
  for (let index = 0; index < count; index += 1) {
    const offset = 6 + index * 6;
    if (body.readInt16BE(offset) !== API_METADATA) continue;
    const lowest = body.readInt16BE(offset + 2);
    const highest = body.readInt16BE(offset + 4);
    if (lowest <= METADATA_VERSION && METADATA_VERSION <= highest) return;
    throw new Error(`Kafka serves metadata versions ${lowest} to ${highest} only`);
  }
  throw new Error('Kafka does not serve metadata requests yet');
}

/** Body: array of (node id, host, port, rack), then the controller's node id. */
function parseBrokers(body) {
  const ids = [];
  let offset = 4;
  for (let left = body.readInt32BE(0); left > 0; left -= 1) {
    ids.push(body.readInt32BE(offset));
    offset += 4;
    offset += 2 + body.readInt16BE(offset);
    offset += 4;
    offset += 2 + Math.max(0, body.readInt16BE(offset));
  }
  return { ids, controllerId: body.readInt32BE(offset) };
}

export async function probeKafka({ host, port }) {
  const conversation = await TcpConversation.open({ host, port });
  try {
    conversation.write(encodeRequest(API_VERSIONS, 0, 1, Buffer.alloc(0)));
    assertMetadataVersion(await readResponse(conversation, 1));
    // An empty topic array: the brokers are wanted, not the topics.
    conversation.write(encodeRequest(API_METADATA, METADATA_VERSION, 2, Buffer.alloc(4)));
    const { ids, controllerId } = parseBrokers(await readResponse(conversation, 2));
    if (ids.length === 0) throw new Error('Kafka has no registered broker yet');
    if (controllerId < 0) throw new Error('Kafka has no controller yet');
    return true;
  } finally {
    conversation.close();
  }
}
