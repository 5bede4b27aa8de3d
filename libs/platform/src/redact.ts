const SECRET_NAME = /PASSWORD|SECRET|TOKEN/;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Hides the user and password of every URL in a text: an error's message, a stack. */
export function redactUrls(text: string): string {
  return text.replace(/:\/\/[^\s]*@/g, '://***@');
}

/**
 * Hides what may be secret in a variable's value, also where it is not the URL that it should be: everything
 * before the last "@", and a query.
 */
export function redactVariable(name: string, value: string): string {
  if (SECRET_NAME.test(name)) return '***';
  const scheme = SCHEME.exec(value)?.[0] ?? '';
  const at = value.lastIndexOf('@');
  const shown = at < 0 ? value : `${scheme}***@${value.slice(at + 1)}`;
  return shown.replace(/\?.*$/s, '?***');
}
