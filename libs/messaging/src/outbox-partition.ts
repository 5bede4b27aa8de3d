/** How the outbox table counts as a log: one partition, whose offsets are the numbers of the entries. */
export const OUTBOX_PARTITION = 0;
export const FIRST_SEQ = 1;
/** Consumer group of its readers. */
export const OUTBOX_GROUP = 'matching-engine';
