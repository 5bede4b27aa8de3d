// Written by `npm run migration:generate`: every migration of this folder, oldest first.
import { InitialSchema1700000000000 } from './1700000000000-initial-schema';
import { BookOrders1795384315197 } from './1795384315197-book-orders';

export const MYSQL_MIGRATIONS = [InitialSchema1700000000000, BookOrders1795384315197];
