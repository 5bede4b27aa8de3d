import { type Dependency, nameOf, type Readiness, readinessInWords } from './readiness';

const up: Dependency = { kind: 'mysql', status: 'up', required: true };
const down: Dependency = { kind: 'kafka', status: 'down', required: false, error: 'ECONNREFUSED' };
const readiness = (status: Readiness['status'], dependencies: Readiness['dependencies']) =>
  readinessInWords({ checked_at: '', status, dependencies });

describe('readinessInWords', () => {
  it('says what is down', () => {
    expect(readiness('ready', { store: up })).toBe('Ready');
    expect(readiness('degraded', { store: up, event_log: down })).toBe(
      'Degraded: event log is down',
    );
    expect(readiness('not_ready', { store: down, event_log: down, cache: up })).toBe(
      'Not ready: store and event log are down',
    );
    expect(readiness('shutting_down', { store: up })).toBe('Stopping');
  });
});

describe('nameOf', () => {
  it('shows what it does not know as the api says it', () => {
    expect(nameOf('event_log')).toBe('Event log');
    expect(nameOf('price_feed')).toBe('price feed');
  });
});
