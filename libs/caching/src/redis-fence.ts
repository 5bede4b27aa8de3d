import { randomUUID } from 'node:crypto';
import { EPOCH_KEY, type RedisLink } from './redis-link';
import { type Hold, HOLD_MS, UserOrdersFence, userOrdersKey } from './user-orders-fence';

const VERSION_TTL_MS = 3_600_000;
/** A writer waits so long for a connection that broke just now: others may still reach Redis and trust it. */
const RECONNECT_WAIT_MS = 300;

/** KEYS: version, holds, list of each user. ARGV: token (also the new version), hold's ms, version's ms. */
const HOLD = `
local time = redis.call('TIME')
local expiry = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]
for i = 1, #KEYS, 3 do
  redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[3])
  redis.call('ZADD', KEYS[i + 1], expiry, ARGV[1])
  redis.call('PEXPIRE', KEYS[i + 1], ARGV[2])
  redis.call('DEL', KEYS[i + 2])
end
return 1`;

/** KEYS: holds of each user. ARGV: token. */
const RELEASE = `
for i = 1, #KEYS do redis.call('ZREM', KEYS[i], ARGV[1]) end
return 1`;

/** KEYS: version, holds, epoch. ARGV: version to begin with, its ms. */
const VERSION = `
local time = redis.call('TIME')
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', time[1] * 1000 + math.floor(time[2] / 1000))
if redis.call('ZCARD', KEYS[2]) > 0 then return false end
local version = redis.call('GET', KEYS[1])
if not version then
  version = ARGV[1]
  redis.call('SET', KEYS[1], version, 'PX', ARGV[2])
end
return (redis.call('GET', KEYS[3]) or '') .. ':' .. version`;

/** The fence of processes that share a Redis. Versions are random, so none ever comes back. */
export class RedisFence extends UserOrdersFence {
  constructor(private readonly link: RedisLink) {
    super();
  }

  async hold(userIds: readonly number[]): Promise<Hold> {
    const token = randomUUID();
    if (userIds.length === 0) return { userIds, token };
    const keys = userIds.flatMap((userId) => [
      versionKey(userId),
      holdsKey(userId),
      userOrdersKey(userId),
    ]);
    const args = [token, String(HOLD_MS), String(VERSION_TTL_MS)];
    const hold = (): Promise<unknown> =>
      this.link.run((client) => client.eval(HOLD, { keys, arguments: args }));
    if ((await hold()) === null && (await this.link.recovers(RECONNECT_WAIT_MS))) await hold();
    return { userIds, token };
  }

  async release(hold: Hold): Promise<void> {
    const keys = hold.userIds.map(holdsKey);
    if (keys.length === 0) return;
    await this.link.run((client) => client.eval(RELEASE, { keys, arguments: [hold.token] }));
  }

  async version(userId: number): Promise<string | null> {
    const keys = [versionKey(userId), holdsKey(userId), EPOCH_KEY];
    const args = [randomUUID(), String(VERSION_TTL_MS)];
    const answer = await this.link.run((client) => client.eval(VERSION, { keys, arguments: args }));
    return typeof answer?.value === 'string' ? answer.value : null;
  }
}

function versionKey(userId: number): string {
  return `user:${userId}:orders:version`;
}

function holdsKey(userId: number): string {
  return `user:${userId}:orders:holds`;
}
