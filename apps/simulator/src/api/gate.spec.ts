import { Gate } from './gate';

const NEVER = new AbortController().signal;

/** A gate and a clock that stands until it is moved. */
function gateAt0() {
  const clock = { nowMs: 0 };
  return { clock, gate: new Gate(() => clock.nowMs) };
}

async function isOpen(gate: Gate): Promise<boolean> {
  const looked = new AbortController();
  let passed = false;
  const passing = gate.pass(looked.signal).then(() => {
    passed = !looked.signal.aborted;
  });
  await Promise.resolve();
  looked.abort();
  await passing;
  return passed;
}

describe('Gate', () => {
  it('is open at first', async () => {
    const { gate } = gateAt0();
    await gate.pass(NEVER);
    expect(gate.trouble).toBeNull();
  });

  it('holds back longer with each failure in a row, 5 s at most', async () => {
    const { gate, clock } = gateAt0();
    for (const pauseMs of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
      gate.failed('away', null);
      clock.nowMs += pauseMs - 1;
      expect(await isOpen(gate)).toBe(false);
      clock.nowMs += 1;
      expect(await isOpen(gate)).toBe(true);
    }
  });

  it('counts requests that fail together once', async () => {
    const { gate, clock } = gateAt0();
    for (let request = 0; request < 8; request += 1) gate.failed('away', null);
    clock.nowMs += 500;
    expect(await isOpen(gate)).toBe(true);
  });

  it('waits as long as the api asks for', async () => {
    const { gate, clock } = gateAt0();
    gate.failed('503 OVERLOADED', 12_000);
    clock.nowMs += 11_999;
    expect(await isOpen(gate)).toBe(false);
    clock.nowMs += 1;
    expect(await isOpen(gate)).toBe(true);
  });

  it('begins anew after a success; one that was under way while it was closed does not open it', async () => {
    const { gate, clock } = gateAt0();
    gate.failed('away', 1000);
    gate.opened();
    expect(gate.trouble).toBe('away');
    expect(await isOpen(gate)).toBe(false);
    clock.nowMs += 1000;
    gate.opened();
    expect(gate.trouble).toBeNull();
    gate.failed('away', null);
    clock.nowMs += 250;
    expect(await isOpen(gate)).toBe(true);
  });
});
