import { ADMISSION_MUTANTS } from './admission-mutants';
import { CHANGE_MUTANTS } from './change-mutants';
import { MATCHING_MUTANTS } from './matching-mutants';
import { MEMORY_MUTANTS } from './memory-mutants';
import type { Mutant } from './mutant';
import { PLAIN_MUTANTS } from './plain-mutants';
import { RULE_MUTANTS } from './rule-mutants';
import { STATE_MUTANTS } from './state-mutants';

/** Deliberate faults, over every file and every rule. One that makes no difference to a caller is not here. */
export const MUTANTS: readonly Mutant[] = [
  ...ADMISSION_MUTANTS,
  ...MATCHING_MUTANTS,
  ...PLAIN_MUTANTS,
  ...RULE_MUTANTS,
  ...CHANGE_MUTANTS,
  ...MEMORY_MUTANTS,
  ...STATE_MUTANTS,
];
