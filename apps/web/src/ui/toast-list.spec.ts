import { closeToast, currentToasts, onToasts, showToast } from './toast-list';

const say = (key: string, text = key) => showToast({ key, text, tone: 'info' });
const texts = () => currentToasts().map(({ text }) => text);

describe('toasts', () => {
  afterEach(() => {
    for (const { key } of currentToasts()) closeToast(key);
  });

  it('keep their place when they change', () => {
    say('a');
    say('b');
    say('a', 'more');
    expect(texts()).toEqual(['more', 'b']);
  });

  it('are three at most', () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) say(key);
    expect(texts()).toEqual(['c', 'd', 'e']);
  });

  it('tell who listens', () => {
    const listener = jest.fn();
    const stop = onToasts(listener);
    say('a');
    stop();
    closeToast('a');
    expect(listener).toHaveBeenCalledTimes(1);
    expect(texts()).toEqual([]);
  });
});
