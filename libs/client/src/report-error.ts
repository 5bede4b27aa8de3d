type Reporter = (error: unknown) => void;

/**
 * Hands on what somebody else's code has thrown, to where uncaught errors go: `window.onerror` of browsers,
 * `uncaughtException` of Node. Whoever calls this goes on undisturbed.
 */
export function reportError(error: unknown): void {
  const { reportError: report } = globalThis as { reportError?: Reporter };
  if (typeof report === 'function') {
    report(error);
    return;
  }
  setTimeout(() => {
    throw error;
  });
}

/** Calls a listener; what it throws is reported. */
export function callSafely(call: () => void): void {
  try {
    call();
  } catch (error) {
    reportError(error);
  }
}
