const two = (value: number) => String(value).padStart(2, '0');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** The time of day; of what is older than a day the date. The reader's own time zone. */
export function tapeTime(iso: string, now: number): string {
  const time = new Date(iso);
  if (now - time.getTime() < DAY_MS) return clock(time, true);
  return `${monthOf(time)} ${time.getDate()} ${clock(time, false)}`;
}

export function fullTime(iso: string): string {
  const time = new Date(iso);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock(time, true)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** What a bar's time is called: of whole days the day, as the market counts it (UTC). */
export function barTime(seconds: number, interval: number): string {
  const time = new Date(seconds * 1000);
  if (interval >= 86_400) return dayUtc(time);
  return `${monthOf(time)} ${time.getDate()}, ${clock(time, interval < 60)}`;
}

export type Mark = 'year' | 'month' | 'day' | 'time' | 'second';

/** A mark on the time axis. */
export function axisMark(seconds: number, mark: Mark, interval: number): string {
  const time = new Date(seconds * 1000);
  const utc = interval >= 86_400;
  switch (mark) {
    case 'year':
      return String(utc ? time.getUTCFullYear() : time.getFullYear());
    case 'month':
      return (utc ? MONTHS[time.getUTCMonth()] : MONTHS[time.getMonth()]) ?? '';
    case 'day':
      return utc ? String(time.getUTCDate()) : `${monthOf(time)} ${time.getDate()}`;
    case 'time':
      return clock(time, false);
    case 'second':
      return clock(time, true);
  }
}

function clock(time: Date, seconds: boolean): string {
  const minutes = `${two(time.getHours())}:${two(time.getMinutes())}`;
  return seconds ? `${minutes}:${two(time.getSeconds())}` : minutes;
}

function dayUtc(time: Date): string {
  return `${MONTHS[time.getUTCMonth()]} ${time.getUTCDate()}, ${time.getUTCFullYear()}`;
}

function monthOf(time: Date): string {
  return MONTHS[time.getMonth()] ?? '';
}
