export { placeholders, valuesList, type Dialect, type UpdateEach, type Upsert } from './dialect';
export { BookEntity } from './entities/book.entity';
export { CandleEntity } from './entities/candle.entity';
export { CheckpointEntity } from './entities/checkpoint.entity';
export { MarketEntity } from './entities/market.entity';
export { OrderEntity } from './entities/order.entity';
export { OutboxEntryEntity } from './entities/outbox-entry.entity';
export { OutboxHeadEntity } from './entities/outbox-head.entity';
export { PositionEntity } from './entities/position.entity';
export { ScheduledFillEntity } from './entities/scheduled-fill.entity';
export { TradeEntity } from './entities/trade.entity';
export { PersistenceModule } from './persistence.module';
export { createProcessLock, type ProcessLock } from './process-lock';
export {
  isDuplicateKey,
  isRetryable,
  isStoreUnavailable,
  OutcomeUnknownError,
  StoreUnavailableError,
} from './store-errors';
export { Transaction, Transactions, type SqlValue } from './transaction';
