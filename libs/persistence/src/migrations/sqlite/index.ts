// Written by `npm run migration:generate`: every migration of this folder, oldest first.
import { InitialSchema1700000000000 } from './1700000000000-initial-schema';

export const SQLITE_MIGRATIONS = [InitialSchema1700000000000];
