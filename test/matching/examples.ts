import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CommandKind,
  MARKET_STATES,
  OPEN_RULES,
  ORDER_TYPES,
  PlaceOrder,
  SELF_TRADE_PREVENTIONS,
  SIDES,
  TIMES_IN_FORCE,
  type Command,
  type MarketRules,
} from '@app/matching';

/** One command of an example and the effects that the document gives it, as describeEffect writes them. */
export interface ExampleStep {
  line: string;
  command: Command;
  effects: string[];
}

export interface Example {
  /** The heading it stands under, with its place there when there are several: `5. Icebergs`. */
  title: string;
  steps: ExampleStep[];
}

const RULES_FILE = join(__dirname, '../../docs/matching-rules.md');

/** @returns every ```example block of docs/matching-rules.md. @throws on a line that §12 does not explain. */
export function readExamples(text = readFileSync(RULES_FILE, 'utf8')): Example[] {
  const examples: Example[] = [];
  const inSection = new Map<string, number>();
  let heading = '';
  let block: string[] | undefined;
  for (const line of text.split('\n')) {
    if (block === undefined) {
      if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
      if (line === '```example') block = [];
    } else if (line === '```') {
      const nth = (inSection.get(heading) ?? 0) + 1;
      inSection.set(heading, nth);
      examples.push({
        title: nth === 1 ? heading : `${heading} (${nth})`,
        steps: parseSteps(block),
      });
      block = undefined;
    } else {
      block.push(line);
    }
  }
  if (block) throw new Error(`an example under "${heading}" does not end`);
  return examples;
}

function parseSteps(lines: string[]): ExampleStep[] {
  const steps: ExampleStep[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    if (!line.startsWith(' ')) {
      steps.push({ line, command: parseCommand(line), effects: [] });
      continue;
    }
    const step = steps.at(-1);
    if (!step) throw new Error(`an effect before the first command: ${line}`);
    step.effects.push(line.trim());
  }
  return steps;
}

/** Words of one line, taken from the left. */
class Words {
  private readonly words: string[];

  constructor(private readonly line: string) {
    this.words = line.trim().split(/\s+/);
  }

  get left(): boolean {
    return this.words.length > 0;
  }

  next(): string {
    const word = this.words.shift();
    if (word === undefined) throw new Error(`unfinished command: ${this.line}`);
    return word;
  }

  number(): number {
    const word = this.next();
    if (!/^\d+$/.test(word)) throw new Error(`"${word}" is no number in: ${this.line}`);
    return Number(word);
  }

  expect(word: string): void {
    const found = this.next();
    if (found !== word) throw new Error(`"${found}" instead of "${word}" in: ${this.line}`);
  }

  /** @returns which of the names comes next, as its number. */
  oneOf<T extends number>(names: readonly string[]): T {
    const word = this.next();
    const at = names.indexOf(word);
    if (at === -1) throw new Error(`"${word}" is none of ${names.join(', ')} in: ${this.line}`);
    return at as T;
  }

  fail(word: string): never {
    throw new Error(`"${word}" is not understood in: ${this.line}`);
  }
}

/** Parses a command at the margin (§12). @throws on anything else. */
export function parseCommand(line: string): Command {
  const words = new Words(line);
  const command = parse(words);
  if (words.left) words.fail(words.next());
  return command;
}

function parse(words: Words): Command {
  const verb = words.next();
  switch (verb) {
    case 'place':
      return { kind: CommandKind.Place, order: parseOrder(words) };
    case 'cancel':
      return { kind: CommandKind.Cancel, orderId: words.number() };
    case 'cancel-all':
      return { kind: CommandKind.CancelAll, ownerId: words.number() };
    case 'amend':
      return parseAmend(words);
    case 'expire':
      return { kind: CommandKind.Expire, nowMs: words.number() };
    case 'state':
      return { kind: CommandKind.SetState, state: words.oneOf(MARKET_STATES) };
    case 'rules':
      return { kind: CommandKind.SetRules, rules: parseRules(words) };
    default:
      return words.fail(verb);
  }
}

function parseOrder(words: Words): PlaceOrder {
  const order = new PlaceOrder();
  order.orderId = words.number();
  words.expect('by');
  order.ownerId = words.number();
  order.side = words.oneOf(SIDES);
  order.type = words.oneOf(ORDER_TYPES);
  const quantity = words.next();
  if (quantity === 'amount') order.amountTickLots = words.number();
  else if (/^\d+$/.test(quantity)) order.quantityLots = Number(quantity);
  else words.fail(quantity);
  while (words.left) parseOrderOption(words, order);
  return order;
}

function parseOrderOption(words: Words, order: PlaceOrder): void {
  const word = words.next();
  const timeInForce = TIMES_IN_FORCE.findIndex((name) => name === word);
  const prevention = SELF_TRADE_PREVENTIONS.findIndex((name) => name === word);
  if (timeInForce !== -1) order.timeInForce = timeInForce as PlaceOrder['timeInForce'];
  else if (prevention !== -1) {
    order.selfTradePrevention = prevention as PlaceOrder['selfTradePrevention'];
  } else if (word === '@') order.priceTicks = words.number();
  else if (word === 'stop') order.stopTicks = words.number();
  else if (word === 'until') order.expiresAtMs = words.number();
  else if (word === 'display') order.displayLots = words.number();
  else if (word === 'post-only') order.postOnly = true;
  else words.fail(word);
}

function parseAmend(words: Words): Command {
  const orderId = words.number();
  let priceTicks = 0;
  let quantityLots = 0;
  while (words.left) {
    const word = words.next();
    if (word === '@') priceTicks = words.number();
    else if (word === 'quantity') quantityLots = words.number();
    else words.fail(word);
  }
  return { kind: CommandKind.Amend, orderId, priceTicks, quantityLots };
}

function parseRules(words: Words): MarketRules {
  const rules = { ...OPEN_RULES };
  while (words.left) {
    const word = words.next();
    if (word === 'min-price') rules.minPriceTicks = words.number();
    else if (word === 'max-price') rules.maxPriceTicks = words.number();
    else if (word === 'min-quantity') rules.minQuantityLots = words.number();
    else if (word === 'max-quantity') rules.maxQuantityLots = words.number();
    else words.fail(word);
  }
  return rules;
}
