import { createClient } from '@app/client';

/** The page's one client: REST and one stream connection, both to where the page came from. */
export const client = createClient({ baseUrl: new URL('.', window.location.href).href });
