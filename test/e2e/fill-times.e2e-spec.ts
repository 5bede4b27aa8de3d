import { createDeployment, eventually, placeOrder } from '../support/processes';

const ORDERS = 10_000;
const CONNECTIONS = 100;
const LATEST_MS = 1500;

describe('fill times', () => {
  it.each([
    ['at once', 0],
    ['after their delay', 3000],
  ])(
    'fills ten thousand orders %s, each within 1.5 s of being due',
    async (_, delayMs) => {
      const deployment = await createDeployment({ env: { MATCH_DELAY_MS: String(delayMs) } });
      const place = async (): Promise<void> => {
        for (let index = 0; index < ORDERS / CONNECTIONS; index += 1) {
          await placeOrder(deployment.baseUrl, { user_id: index + 1, item: `item-${index % 20}` });
        }
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, place));
      await eventually(
        async () => {
          const rows = await deployment.query<{ filled: number }>(
            "SELECT COUNT(*) AS filled FROM orders WHERE status = 'FILLED'",
          );
          expect(Number(rows[0]?.filled)).toBe(ORDERS);
        },
        { timeoutMs: 60_000, everyMs: 200 },
      );
      const [waits] = await deployment.query<{ shortest: number; longest: number }>(
        `SELECT MIN(updated_at_ms - created_at_ms) AS shortest,
                MAX(updated_at_ms - created_at_ms) AS longest FROM orders`,
      );
      expect(Number(waits?.shortest)).toBeGreaterThanOrEqual(delayMs);
      expect(Number(waits?.longest)).toBeLessThanOrEqual(delayMs + LATEST_MS);
      await deployment.dispose();
    },
    120_000,
  );
});
