import type { Operations } from './history';

export type Readiness = NonNullable<Operations['readiness']>;
export type Dependency = Readiness['dependencies'][string];

export const STATUS_WORDS: Record<Readiness['status'], string> = {
  ready: 'Ready',
  degraded: 'Degraded',
  not_ready: 'Not ready',
  shutting_down: 'Stopping',
};

const NAMES: Record<string, string> = { store: 'Store', event_log: 'Event log', cache: 'Cache' };

/** A name for people; one that is new here as the api has it. */
export function nameOf(dependency: string): string {
  return NAMES[dependency] ?? dependency.replaceAll('_', ' ');
}

/** What the state means, with what is away: "Degraded: event log is down". */
export function readinessInWords({ status, dependencies }: Readiness): string {
  const away = Object.entries(dependencies)
    .filter(([, each]) => each.status === 'down')
    .map(([name]) => nameOf(name).toLowerCase());
  if (away.length === 0) return STATUS_WORDS[status];
  return `${STATUS_WORDS[status]}: ${away.join(' and ')} ${away.length === 1 ? 'is' : 'are'} down`;
}
