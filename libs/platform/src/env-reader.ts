import { redactVariable } from './redact';

/** Thrown when the environment can not be used. One line a variable. */
export class ConfigError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

export interface EnvUrl {
  text: string;
  user: string;
  password: string;
  host: string;
  port: number | null;
  /** Without its leading slash. */
  path: string;
  /** Names of the parameters behind the "?". */
  parameters: string[];
}

/** Reads typed values from an environment and collects what is wrong with them. */
export class EnvReader {
  private readonly problems: string[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  text(name: string, fallback: string): string {
    return this.raw(name) ?? fallback;
  }

  matching(name: string, fallback: string, pattern: RegExp, shape: string): string {
    const value = this.text(name, fallback);
    if (!pattern.test(value)) this.wrong(name, shape);
    return value;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const value = this.raw(name);
    if (value === null) return fallback;
    const number = Number(value);
    if (/^-?\d+$/.test(value) && number >= min && number <= max) return number;
    this.wrong(name, `an integer from ${min} to ${max}`);
    return fallback;
  }

  boolean(name: string, fallback: boolean): boolean {
    return this.oneOf(name, ['true', 'false'], fallback ? 'true' : 'false') === 'true';
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.raw(name);
    if (value === null) return fallback;
    const found = allowed.find((candidate) => candidate === value.toLowerCase());
    if (found !== undefined) return found;
    this.wrong(name, `one of ${allowed.join(', ')}`);
    return fallback;
  }

  /** @returns null when the variable is unset or wrong. */
  url(name: string, scheme: RegExp, shape: string): EnvUrl | null {
    const value = this.raw(name);
    if (value === null) return null;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url !== null && scheme.test(url.protocol) && url.hostname !== '' && isDecodable(value)) {
      return {
        text: value,
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? null : Number(url.port),
        path: decodeURIComponent(url.pathname.slice(1)),
        parameters: [...url.searchParams.keys()],
      };
    }
    this.wrong(name, `a URL like ${shape}`);
    return null;
  }

  /** Notes that a variable can not be used; `value` where the reader's own text does not tell. */
  wrong(name: string, expected: string, value = this.raw(name) ?? ''): void {
    this.problems.push(`${name} is "${redactVariable(name, value)}": it must be ${expected}`);
  }

  throwIfWrong(): void {
    if (this.problems.length > 0) throw new ConfigError(this.problems);
  }

  private raw(name: string): string | null {
    const value = this.env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }
}

/** Whether every percent sign begins an escape of UTF-8. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
