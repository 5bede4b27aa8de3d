import { createDeployment, placeOrder, WIRING } from '../support/processes';

describe('several replicas', () => {
  it('may start at once on an empty store: one makes the tables, all get ready', async () => {
    const deployment = await createDeployment({ matchers: WIRING === 'stack' ? 3 : 1 });
    await placeOrder(deployment.baseUrl);
    const rows = await deployment.query<{ name: string }>(
      'SELECT name FROM migrations ORDER BY id',
    );
    const names = rows.map((row) => row.name);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    await deployment.dispose();
  }, 90_000);
});
