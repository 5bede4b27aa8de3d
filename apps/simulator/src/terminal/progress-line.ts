export interface Moment {
  seconds: number;
  orders: number;
  trades: number;
}

export interface ProgressFacts {
  page: string;
  items: number;
  /** Why the api can not be used now. */
  trouble: string | null;
}

/** One line that says what goes on, rates as they were since `before`. */
export function progressLine(facts: ProgressFacts, before: Moment, now: Moment): string {
  const passed = now.seconds - before.seconds;
  const rate = (name: 'orders' | 'trades'): string =>
    `${passed > 0 ? Math.round((now[name] - before[name]) / passed) : 0} ${name}/s`;
  const what =
    facts.trouble === null
      ? [rate('orders'), rate('trades')]
      : [`waiting for the api (${facts.trouble})`];
  return [
    facts.page,
    ...what,
    `${facts.items} items`,
    `${thousands(now.orders)} orders`,
    duration(now.seconds),
  ].join('   ');
}

function thousands(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

function duration(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
