import { loadConfig } from '@app/platform';
import { resolve } from 'node:path';
import { banner } from './banner';

const bannerOf = (env: Record<string, string> = {}, port = 8000) =>
  banner(loadConfig(env, 'hybrid', false), port);

const SERVICES = {
  DATABASE_URL: 'mysql://user:hunter2@db:3307/orders',
  REDIS_URL: 'redis://:hunter2@cache:6379/0',
  KAFKA_BOOTSTRAP_SERVERS: 'a:9092,b:9093',
  KAFKA_SASL_MECHANISM: 'plain',
  KAFKA_SASL_USERNAME: 'user',
  KAFKA_SASL_PASSWORD: 'hunter2',
};

describe('banner', () => {
  it('names the embedded parts and where the data lies', () => {
    const text = bannerOf({ TRADEFLOW_DATA_DIR: './somewhere' });
    expect(text).toContain(`SQLite in ${resolve('somewhere')}`);
    expect(text).toContain('the outbox table, read in-process');
    expect(text).toContain('in memory');
  });

  it('names the services it runs on', () => {
    const text = bannerOf(SERVICES);
    expect(text).toContain('MySQL at db:3307/orders');
    expect(text).toContain('Kafka at a:9092, b:9093');
    expect(text).toMatch(/cache +Redis$/m);
  });

  it('tells no password', () => {
    expect(bannerOf(SERVICES)).not.toContain('hunter2');
  });

  it('has addresses with the port that is listened on, and a line to try', () => {
    const text = bannerOf({}, 4321);
    expect(text).toContain('http://localhost:4321/\n');
    expect(text).toContain('http://localhost:4321/docs\n');
    expect(text).toContain('curl -s http://localhost:4321/orders ');
    const body = /-d '(?<json>.*)'/.exec(text)?.groups?.json;
    expect(JSON.parse(body!)).toEqual({ user_id: 1, item: 'AAPL', amount: 150.5 });
  });

  it('says how long an order waits', () => {
    expect(bannerOf({ MATCH_DELAY_MS: '25' })).toContain('25 ms after an order was placed');
  });
});
