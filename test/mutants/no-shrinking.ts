// Stands in for test/matching/shrink.ts: nobody wants to know the fewest commands that show a deliberate fault.
import type { Step } from '../matching/steps';

export const shrink = (steps: readonly Step[]): readonly Step[] => steps;

export const differenceOf = (): undefined => undefined;
