export interface Toast {
  /** A later toast with the same key takes the place of the earlier one. */
  readonly key: string;
  readonly text: string;
  readonly tone: 'info' | 'good' | 'bad';
}

/** So many are shown at a time; the oldest goes first. */
const MOST = 3;

let toasts: readonly Toast[] = [];
const listeners = new Set<() => void>();

/** Says something that nobody has to answer; it is read out too. */
export function showToast(toast: Toast): void {
  const at = toasts.findIndex(({ key }) => key === toast.key);
  const next = at === -1 ? [...toasts, toast] : toasts.with(at, toast);
  change(next.slice(-MOST));
}

export function closeToast(key: string): void {
  change(toasts.filter((toast) => toast.key !== key));
}

export function currentToasts(): readonly Toast[] {
  return toasts;
}

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
