/** What is to be done before the next picture; all of it in one go, so that the page is rendered once. */
const waiting = new Set<() => void>();
let asked = false;

/** Does a task once before the next picture, however often it is asked for. */
export function beforeNextFrame(task: () => void): void {
  waiting.add(task);
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const tasks = [...waiting];
    waiting.clear();
    for (const each of tasks) each();
  });
}

export function notBeforeNextFrame(task: () => void): void {
  waiting.delete(task);
}
