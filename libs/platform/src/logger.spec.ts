import { pino } from 'pino';
import { loadConfig } from './config';
import { describeError, Log, NestLog } from './logger';

/** A log as a process makes it, with its lines in an array instead of on standard output. */
function capture(env: Record<string, string> = {}) {
  const lines: string[] = [];
  const stream = { write: (line: string) => lines.push(line), flushSync: () => undefined };
  const destination = jest.spyOn(pino, 'destination').mockReturnValue(stream as never);
  const onExit = jest.spyOn(process, 'on').mockReturnValue(process);
  const log = Log.create(loadConfig({ LOG_FORMAT: 'json', ...env }, 'api', false));
  destination.mockRestore();
  onExit.mockRestore();
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as object) };
}

describe('Log', () => {
  it('writes one JSON object a line, with level, role and time', () => {
    const { log, lines, parsed } = capture();
    log.info('order placed', { order_id: 1 });
    log.warn('two\nlines');
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(parsed()[0]).toMatchObject({
      level: 'info',
      role: 'api',
      pid: process.pid,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      msg: 'order placed',
      order_id: 1,
    });
  });

  it('writes what its level lets pass', () => {
    const { log, parsed } = capture({ LOG_LEVEL: 'warn' });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(parsed()).toMatchObject([{ msg: 'c' }, { msg: 'd' }]);
    expect(log.isEnabled('info')).toBe(false);
    expect(capture().log.isEnabled('info')).toBe(true);
  });

  it.each([
    { password: 'hunter2' },
    { url: 'redis://:hunter2@cache' },
    { authorization: 'Basic hunter2' },
    { cache: { url: 'redis://:hunter2@cache' } },
    { store: { password: 'hunter2', host: 'db' } },
    { headers: { authorization: 'Bearer hunter2' } },
  ])('prints no secret of %j', (fields) => {
    const { log, lines } = capture();
    log.info('connecting', fields);
    expect(lines[0]).toContain('***');
    expect(lines[0]).not.toContain('hunter2');
  });

  it('prints no secret of a whole configuration store or cache', () => {
    const env = { DATABASE_URL: 'mysql://u:hunter2@db/o', REDIS_URL: 'redis://:hunter2@cache' };
    const { store, cache } = loadConfig(env, 'api', false);
    const { log, lines } = capture();
    log.info('configured', { store, cache });
    expect(lines[0]).not.toContain('hunter2');
  });
});

describe('describeError', () => {
  it('tells message, code and stack', () => {
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    expect(describeError(error)).toEqual({
      error: 'refused',
      error_code: 'ECONNREFUSED',
      stack: error.stack,
    });
  });

  it('hides credentials in the message', () => {
    const { error } = describeError(new Error('no answer of mysql://me:hunter2@db/orders'));
    expect(error).toBe('no answer of mysql://***@db/orders');
  });

  it('leaves out what an error carries beside', () => {
    const parameters = ['hunter2'];
    const error = Object.assign(new Error('failed'), { code: 7, parameters, query: 'hunter2' });
    expect(JSON.stringify(describeError(error))).not.toContain('hunter2');
    expect(describeError(error).error_code).toBeUndefined();
  });

  it('takes anything that is thrown', () => {
    expect(describeError('text')).toEqual({ error: 'text' });
    expect(describeError(undefined)).toEqual({ error: 'undefined' });
  });
});

describe('NestLog', () => {
  it("turns Nest's chatter into debug lines, and keeps its warnings and errors", () => {
    const { log, parsed } = capture({ LOG_LEVEL: 'debug' });
    const nest = new NestLog(log);
    nest.log('mapped', 'RouterExplorer');
    nest.verbose('v', 'A');
    nest.warn('careful', 'B');
    nest.error('failed', 'stack', 'C');
    nest.error(new Error('thrown'));
    nest.fatal('over');
    expect(parsed()).toMatchObject([
      { level: 'debug', msg: 'mapped', context: 'RouterExplorer' },
      { level: 'debug', msg: 'v', context: 'A' },
      { level: 'warn', msg: 'careful', context: 'B' },
      { level: 'error', msg: 'failed', context: 'C' },
      { level: 'error', msg: 'thrown', error: 'thrown' },
      { level: 'error', msg: 'over' },
    ]);
  });
});
