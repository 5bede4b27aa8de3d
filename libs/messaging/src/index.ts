export { Backoff, pause } from './backoff';
export { Checkpoints, FencedError, type Claim } from './checkpoints';
export { EventBacklog, type LagUnit } from './event-backlog';
export type { EventBatch, IncomingEvent } from './event-batch';
export { eventServer } from './event-server';
export { MessagingModule } from './messaging.module';
export { type NewEvent, Outbox } from './outbox';
export { type FeedListener, TopicFeed } from './topic-feed';
