export { CachingModule } from './caching.module';
export { UserOrdersCache, type Lookup } from './user-orders-cache';
export { UserOrdersFence, userOrdersKey, type Hold } from './user-orders-fence';
