import { FanOut } from './fan-out';
import { settled, silentLog } from './stream-fixtures';

describe('the fan-out', () => {
  it('sends what comes during a round in the next one, however often it was told', async () => {
    const fanOut = new FanOut(silentLog());
    let rounds = 0;
    const sender = {
      *round() {
        rounds += 1;
        // One step is a turn of its own.
        yield 1000;
        if (rounds === 1) for (let count = 0; count < 5; count += 1) fanOut.mark(sender);
        yield 1000;
      },
    };
    fanOut.mark(sender);
    fanOut.mark(sender);
    await settled();
    expect(rounds).toBe(2);
    expect(fanOut.isIdle).toBe(true);
  });

  it('lets others have their turn within a round', async () => {
    const fanOut = new FanOut(silentLog());
    let done = 0;
    const sender = {
      *round() {
        for (; done < 10_000; done += 1) yield 1;
      },
    };
    fanOut.mark(sender);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(10_000);
    await settled();
  });

  it('rests after a long round as long as it took', async () => {
    const fanOut = new FanOut(silentLog());
    const beganMs: number[] = [];
    const sender = {
      *round() {
        beganMs.push(performance.now());
        const untilMs = performance.now() + 30;
        while (performance.now() < untilMs) yield 1;
        if (beganMs.length === 1) fanOut.mark(sender);
      },
    };
    fanOut.mark(sender);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(beganMs).toHaveLength(2);
    expect(beganMs[1]! - beganMs[0]!).toBeGreaterThanOrEqual(58);
  });

  it('goes on with the others when one fails', async () => {
    const errors: string[] = [];
    const log = Object.assign(silentLog(), { error: (message: string) => errors.push(message) });
    const fanOut = new FanOut(log);
    let sent = false;
    fanOut.mark({
      round: () => {
        throw new Error('broken');
      },
    });
    fanOut.mark({
      *round() {
        sent = true;
        yield 1;
      },
    });
    await settled();
    expect(sent).toBe(true);
    expect(errors).toHaveLength(1);
  });
});
