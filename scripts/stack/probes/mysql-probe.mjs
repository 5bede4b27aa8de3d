/**
 * Is MySQL ready? Logs in over TCP as the stack's user (caching_sha2_password)
 * and runs a query. Written out here because the scripts have to work in a
 * clone that has no npm package installed.
 */
import { constants, createHash, publicEncrypt } from 'node:crypto';

import { DATABASE_LOGIN } from '../settings.mjs';
import { TcpConversation } from './tcp-conversation.mjs';

const CAPABILITIES =
  0x1 /* long password */ |
  0x8 /* connect with a database */ |
  0x200 /* protocol 4.1 */ |
  0x8000 /* secure connection */ |
  0x80000; /* names its login plug-in */
const CHARSET_UTF8MB4 = 45;
const PLUGIN = 'caching_sha2_password';
const NONCE_BYTES = 20;

const REPLY_OK = 0x00;
const REPLY_MORE = 0x01;
const REPLY_SWITCH = 0xfe;
const REPLY_ERROR = 0xff;
const MORE_FAST_LOGIN = 0x03;
const MORE_FULL_LOGIN = 0x04;
const ASK_PUBLIC_KEY = Buffer.from([0x02]);
const COMMAND_QUERY = Buffer.from([0x03]);
const COMMAND_QUIT = Buffer.from([0x01]);

function encodePacket(sequence, payload) {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header.writeUInt8(sequence & 0xff, 3);
  return Buffer.concat([header, payload]);
}

/** Reads a packet; an error packet is thrown as an error. */
async function readPacket(conversation) {
  const header = await conversation.read(4);
  const payload = await conversation.read(header.readUIntLE(0, 3));
  if (payload[0] === REPLY_ERROR) {
    // 0xff, error number (2), and after the greeting '#' with SQL state (6).
    const text = payload.subarray(3).toString('utf8');
    throw new Error(`MySQL error ${payload.readUInt16LE(1)}: ${text}`);
  }
  return { sequence: header[3], payload };
}

function parseGreeting(payload) {
  if (payload[0] !== 10) throw new Error('the answer is no MySQL greeting');
  const afterVersion = payload.indexOf(0, 1) + 1;
  const firstPart = payload.subarray(afterVersion + 4, afterVersion + 12);
  // 8 bytes of nonce, then filler, capabilities, charset, status, lengths: 19.
  const secondStart = afterVersion + 12 + 19;
  return Buffer.concat([firstPart, payload.subarray(secondStart, secondStart + NONCE_BYTES - 8)]);
}

function xor(left, right) {
  return Buffer.from(left.map((byte, index) => byte ^ right[index % right.length]));
}

function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function scramblePassword(password, nonce) {
  const once = sha256(password);
  return xor(once, sha256(sha256(once), nonce));
}

function encodeLogin(nonce) {
  const fixed = Buffer.alloc(32);
  fixed.writeUInt32LE(CAPABILITIES, 0);
  fixed.writeUInt32LE(16 * 1024 * 1024, 4);
  fixed.writeUInt8(CHARSET_UTF8MB4, 8);
  const scrambled = scramblePassword(DATABASE_LOGIN.password, nonce);
  return Buffer.concat([
    fixed,
    Buffer.from(`${DATABASE_LOGIN.user}\0`),
    Buffer.from([scrambled.length]),
    scrambled,
    Buffer.from(`${DATABASE_LOGIN.database}\0${PLUGIN}\0`),
  ]);
}

/** A server that doesn't have the user in its cache wants the password itself, encrypted. */
async function sendFullLogin(conversation, nonce, sequence) {
  conversation.write(encodePacket(sequence + 1, ASK_PUBLIC_KEY));
  const answer = await readPacket(conversation);
  const encrypted = publicEncrypt(
    {
      key: answer.payload.subarray(1).toString('ascii'),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
    },
    xor(Buffer.from(`${DATABASE_LOGIN.password}\0`), nonce),
  );
  conversation.write(encodePacket(answer.sequence + 1, encrypted));
}

async function logIn(conversation) {
  const greeting = await readPacket(conversation);
  let nonce = parseGreeting(greeting.payload);
  conversation.write(encodePacket(greeting.sequence + 1, encodeLogin(nonce)));
  for (;;) {
    const { sequence, payload } = await readPacket(conversation);
    if (payload[0] === REPLY_OK) return;
    if (payload[0] === REPLY_SWITCH) {
      const nameEnd = payload.indexOf(0, 1);
      const plugin = payload.subarray(1, nameEnd).toString('ascii');
      if (plugin !== PLUGIN) throw new Error(`MySQL asks for the login plug-in ${plugin}`);
      nonce = payload.subarray(nameEnd + 1, nameEnd + 1 + NONCE_BYTES);
      const scrambled = scramblePassword(DATABASE_LOGIN.password, nonce);
      conversation.write(encodePacket(sequence + 1, scrambled));
    } else if (payload[0] === REPLY_MORE && payload[1] === MORE_FULL_LOGIN) {
      await sendFullLogin(conversation, nonce, sequence);
    } else if (payload[0] !== REPLY_MORE || payload[1] !== MORE_FAST_LOGIN) {
      throw new Error(`MySQL answered the login with an unknown packet ${payload[0]}`);
    }
  }
}

export async function probeMysql({ host, port }) {
  const conversation = await TcpConversation.open({ host, port });
  try {
    await logIn(conversation);
    conversation.write(encodePacket(0, Buffer.concat([COMMAND_QUERY, Buffer.from('SELECT 1')])));
    const { payload } = await readPacket(conversation);
    // The first packet of a result is its number of columns.
    if (payload[0] !== 1) throw new Error('MySQL answered SELECT 1 with an unknown packet');
    return true;
  } finally {
    conversation.close(encodePacket(0, COMMAND_QUIT));
  }
}
