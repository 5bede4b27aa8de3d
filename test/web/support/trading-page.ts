import type { Locator, Page } from 'playwright-core';
import { eventually } from '../../support/processes';

/** Generous: on a loaded machine everything takes longer. It ends as soon as it is so. */
const PATIENCE = { timeoutMs: 15_000, everyMs: 50 };

/** What is typed into the ticket. */
export interface TypedOrder {
  side?: 'Buy' | 'Sell';
  type?: 'Limit' | 'Market' | 'Stop' | 'Stop-limit' | 'Plain';
  price?: string;
  quantity?: string;
  amount?: string;
}

/** The trading view as its readers know it: by the names that it says aloud. */
export class TradingPage {
  readonly ticket: Locator;
  readonly account: Locator;
  readonly messages: Locator;
  readonly connection: Locator;

  constructor(readonly page: Page) {
    this.ticket = page.getByRole('form', { name: 'Order', exact: true });
    this.account = page.getByRole('region', { name: 'Account' });
    this.messages = page.getByRole('status', { name: 'Messages' });
    this.connection = page.getByRole('banner').getByRole('status');
  }

  /** Fills the ticket in and sends it. */
  async place(order: TypedOrder): Promise<void> {
    await this.fillIn(order);
    await this.submit().click();
  }

  async fillIn({ side, type, price, quantity, amount }: TypedOrder): Promise<void> {
    const choose = async (name: string | undefined): Promise<void> => {
      if (name === undefined) return;
      await this.ticket.getByRole('radio', { name, exact: true }).click();
    };
    await choose(type);
    await choose(side);
    if (price !== undefined) await this.field('Price').fill(price);
    if (quantity !== undefined) await this.field('Quantity').fill(quantity);
    if (amount !== undefined) await this.field('Amount').fill(amount);
  }

  field(name: string): Locator {
    return this.ticket.getByRole('textbox', { name, exact: true });
  }

  submit(): Locator {
    return this.ticket.locator('[type=submit]');
  }

  /** @returns the id of the order that the page has just told of. */
  async placedId(): Promise<number> {
    return this.until(async () => {
      const [text = ''] = await this.messages.allTextContents();
      const id = /Order (\d+)/.exec(text)?.[1];
      if (id === undefined) throw new Error(`no order is told of: "${text}"`);
      return Number(id);
    });
  }

  async says(text: string | RegExp): Promise<void> {
    await this.until(async () =>
      expect((await this.messages.allTextContents()).join()).toMatch(text),
    );
  }

  /** Waits until the ladder has these prices and quantities on a side, best first. */
  async ladderHas(
    side: 'Asks' | 'Bids',
    levels: readonly (readonly [price: number, quantity: number])[],
  ): Promise<void> {
    const rows = this.page
      .getByRole('region', { name: 'Order book' })
      .getByRole('rowgroup', { name: side })
      .getByRole('row');
    await this.until(async () => {
      const cells = await this.cellsOf(rows);
      const found = cells.map((row) => row.slice(0, 2).map(numberIn));
      // Asks stand above the middle, the best one last.
      expect(side === 'Asks' ? found.toReversed() : found).toEqual(levels);
    });
  }

  /** Waits until the tape begins with this trade. */
  async tapeBegins(direction: 'bought' | 'sold', price: number, quantity: number): Promise<void> {
    const rows = this.page.getByRole('region', { name: 'Trades' }).getByRole('row');
    await this.until(async () => {
      const [, [first = '', second = ''] = []] = await this.cellsOf(rows);
      expect([/bought|sold/.exec(first)?.[0], numberIn(first), numberIn(second)]).toEqual([
        direction,
        price,
        quantity,
      ]);
    });
  }

  /** The row of an open order. */
  openOrder(id: number): Locator {
    const cancel = this.page.getByRole('button', { name: `Cancel order ${id}`, exact: true });
    return this.account.getByRole('row').filter({ has: cancel });
  }

  amendButton(id: number): Locator {
    return this.account.getByRole('button', { name: `Amend order ${id}`, exact: true });
  }

  cancelButton(id: number): Locator {
    return this.account.getByRole('button', { name: `Cancel order ${id}`, exact: true });
  }

  /** Waits until one of the account's tables has rows like these, and no other. */
  async accountShows(rows: readonly (string | RegExp)[]): Promise<void> {
    await this.until(async () => {
      const found = await this.account.getByRole('row').allInnerTexts();
      const texts = found.slice(1).map((text) => text.replaceAll(/\s+/g, ' ').trim());
      expect(texts).toEqual(rows.map((row) => expect.stringMatching(row) as string));
    });
  }

  async openTab(name: 'Open orders' | 'History' | 'Trades' | 'Positions'): Promise<void> {
    await this.account.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  async connectionIs(text: string): Promise<void> {
    await this.until(async () => expect(await this.connection.allTextContents()).toEqual([text]));
  }

  /** @returns the name of the field that has the focus. */
  focusedField(): Promise<string | null> {
    return this.page.evaluate<string | null>('document.activeElement?.getAttribute("name")');
  }

  until<T>(check: () => Promise<T>): Promise<T> {
    return eventually(check, PATIENCE);
  }

  private async cellsOf(rows: Locator): Promise<string[][]> {
    const all = await rows.all();
    return Promise.all(
      all.map((row) => row.locator('th, td, [role=cell], [role=columnheader]').allTextContents()),
    );
  }
}

/** As people read it: `sold at 1,000.50` is 1000.5. */
function numberIn(text: string): number {
  return Number(/[\d,.]+/.exec(text)?.[0].replaceAll(',', ''));
}
