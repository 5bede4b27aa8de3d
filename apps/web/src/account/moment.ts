const TIME = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat(undefined, { day: '2-digit', month: 'short' });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** The time of today, otherwise the day and the time: in the reader's zone. */
export function shortMoment(iso: string, nowMs: number): string {
  const moment = new Date(iso);
  const time = TIME.format(moment);
  return moment.toDateString() === new Date(nowMs).toDateString()
    ? time
    : `${DAY.format(moment)} ${time.slice(0, 5)}`;
}

export function wholeMoment(iso: string): string {
  return WHOLE.format(new Date(iso));
}
