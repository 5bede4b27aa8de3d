import { frameTests } from './frame';
import { usePageServer } from './support/page-server';
import { ticketTests } from './ticket';
import { tradingTests } from './trading';

/** What is done in the page, each test with users and items of its own. */
describe('the page', () => {
  const server = usePageServer();
  frameTests(server);
  tradingTests(server);
  ticketTests(server);
});
