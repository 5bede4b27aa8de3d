export { placeholders, valuesList, type Dialect } from './dialect';
export { CheckpointEntity } from './entities/checkpoint.entity';
export { OrderEntity } from './entities/order.entity';
export { OutboxEntryEntity } from './entities/outbox-entry.entity';
export { OutboxHeadEntity } from './entities/outbox-head.entity';
export { ScheduledFillEntity } from './entities/scheduled-fill.entity';
export { PersistenceModule } from './persistence.module';
export { createProcessLock, type ProcessLock } from './process-lock';
export {
  isRetryable,
  isStoreUnavailable,
  OutcomeUnknownError,
  StoreUnavailableError,
} from './store-errors';
export { Transaction, Transactions, type SqlValue } from './transaction';
