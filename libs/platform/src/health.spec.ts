import { type Dependency, Health } from './health';

const up = () => Promise.resolve();
const down = (error: unknown) => (): Promise<void> => Promise.reject(error);
const hanging = () => new Promise<void>(() => undefined);

const dependency = (changes: Partial<Dependency>): Dependency => ({
  name: 'store',
  kind: 'mysql',
  required: true,
  check: up,
  ...changes,
});

function health(...dependencies: Partial<Dependency>[]): Health {
  const health = new Health();
  for (const each of dependencies) health.register(dependency(each));
  return health;
}

const optionalDown = { name: 'cache', required: false, check: down(new Error('gone')) };
const requiredDown = { name: 'store', required: true, check: down(new Error('gone')) };

describe('Health', () => {
  it('is ready when it depends on nothing', async () => {
    expect(await health().readiness()).toEqual({ status: 'ready', dependencies: {} });
  });

  it('is ready while all dependencies are up', async () => {
    const report = await health({}, { name: 'cache', kind: 'redis', required: false }).readiness();
    expect(report).toEqual({
      status: 'ready',
      dependencies: {
        store: { kind: 'mysql', status: 'up', required: true },
        cache: { kind: 'redis', status: 'up', required: false },
      },
    });
  });

  it('is degraded while only optional dependencies are down', async () => {
    const { status, dependencies } = await health({}, optionalDown).readiness();
    expect(status).toBe('degraded');
    expect(dependencies.cache).toMatchObject({ status: 'down', required: false });
  });

  it('is not ready while a required dependency is down, whatever else is up', async () => {
    const { status } = await health(requiredDown, optionalDown, { name: 'other' }).readiness();
    expect(status).toBe('not_ready');
  });

  it('is shutting down from the moment it is told to, and still reports its dependencies', async () => {
    const stopping = health({}, optionalDown);
    expect(stopping.isStopping).toBe(false);
    stopping.beginShutdown();
    const { status, dependencies } = await stopping.readiness();
    expect(stopping.isStopping).toBe(true);
    expect(status).toBe('shutting_down');
    expect(Object.keys(dependencies)).toEqual(['store', 'cache']);
  });

  it('recovers when the dependency does', async () => {
    let check = down(new Error('gone'));
    const recovering = health({ check: () => check() });
    expect((await recovering.readiness()).status).toBe('not_ready');
    check = up;
    expect((await recovering.readiness()).status).toBe('ready');
  });

  it.each([
    ['its code', Object.assign(new Error('connect to 10.0.0.1'), { code: 'ECONNREFUSED' })],
    ['the first line of its message', new Error('ECONNREFUSED\nat 10.0.0.1')],
  ])('gives as the reason of an error %s', async (_, error) => {
    const { dependencies } = await health({ check: down(error) }).readiness();
    expect(dependencies.store?.error).toBe('ECONNREFUSED');
  });

  it('does not tell credentials', async () => {
    const error = new Error('can not reach mysql://me:hunter2@db');
    const { dependencies } = await health({ check: down(error) }).readiness();
    expect(dependencies.store?.error).toBe('can not reach mysql://***@db');
  });

  it('takes what is thrown that is no error, and a check that throws at once, for down', async () => {
    const throwing = (): Promise<void> => {
      throw new Error('at once');
    };
    const report = await health(
      { check: down('text') },
      { name: 'cache', check: throwing },
    ).readiness();
    expect(report.dependencies.store).toMatchObject({ status: 'down', error: 'unknown' });
    expect(report.dependencies.cache).toMatchObject({ status: 'down', error: 'at once' });
  });
});

describe('Health, with a dependency that hangs', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gives it up after two seconds, while others are asked at the same time', async () => {
    const reading = health(
      { check: hanging },
      { name: 'cache', check: hanging, required: false },
    ).readiness();
    await jest.advanceTimersByTimeAsync(2000);
    const { status, dependencies } = await reading;
    expect(status).toBe('not_ready');
    expect(dependencies.store).toMatchObject({ status: 'down', error: 'no answer within 2000 ms' });
    expect(dependencies.cache?.status).toBe('down');
  });

  it('waits for it until then', async () => {
    let settle: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const reading = health({ check: () => slow }).readiness();
    await jest.advanceTimersByTimeAsync(1999);
    settle();
    expect((await reading).status).toBe('ready');
    expect(jest.getTimerCount()).toBe(0);
  });
});
