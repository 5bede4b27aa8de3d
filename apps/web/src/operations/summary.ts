import { extentOf } from './chart';
import type { FigureCard } from './figures';
import { pointsOf } from './figures';
import { inWords } from './format';
import type { Moment } from './history';

/** A chart in words, for those who do not see it. */
export function summaryOf(card: FigureCard, moments: readonly Moment[]): string {
  const lines = card.lines.map((line) => {
    const points = pointsOf(moments, line);
    const name = line.label === '' ? '' : `${line.label}: `;
    const extent = extentOf(points);
    if (extent === null) return `${name}nothing was measured in the last five minutes`;
    const now = points.at(-1)?.value ?? null;
    const between = `between ${inWords(card.format(extent.min))} and ${inWords(card.format(extent.max))}`;
    const latest = now === null ? card.absent : inWords(card.format(now));
    return `${name}now ${latest}, ${between} in the last five minutes`;
  });
  return `${card.title}. ${card.note}. ${lines.join('; ')}.`;
}

/** One moment of a chart in words. */
export function momentInWords(card: FigureCard, moment: Moment): string {
  return card.lines
    .map((line) => {
      const value = line.of(moment);
      const name = line.label === '' ? '' : `${line.label} `;
      return name + (value === null ? card.absent : inWords(card.format(value)));
    })
    .join(', ');
}
