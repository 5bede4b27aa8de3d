import { accessibilityTests } from './accessibility';
import { letMarketLive, placeVisitorsOrders } from './support/living-market';
import { usePageServer } from './support/page-server';
import { pictureTests, README_PICTURE } from './pictures';

const USER = 1;
/** A picture that is shown to people has a chart that is full. */
const LIFE = README_PICTURE === '' ? { seconds: 6 } : { seconds: 100, rate: 120 };

/** How the page looks when a market lives in it. */
describe('the look of the page', () => {
  const server = usePageServer();

  beforeAll(async () => {
    const { baseUrl } = server.deployment();
    await letMarketLive(baseUrl, LIFE);
    await placeVisitorsOrders(baseUrl, USER);
  }, 180_000);

  if (README_PICTURE === '') accessibilityTests(server, USER);
  pictureTests(server, USER);
});
