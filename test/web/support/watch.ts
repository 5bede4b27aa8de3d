import type { ConsoleMessage, Page, Request } from 'playwright-core';

/** Notes what must never happen in a page: errors in its console, breaches of its policy, requests to other hosts. */
export class Watch {
  private readonly found: string[] = [];
  private readonly excused: RegExp[] = [];

  constructor(page: Page, origin: string) {
    const own = [origin, origin.replace(/^http/, 'ws')];
    const isOwn = (url: string): boolean =>
      own.some((each) => url === each || url.startsWith(`${each}/`)) || /^(?:data|blob):/.test(url);
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      const { url } = message.location();
      this.found.push(`console ${message.type()}: ${message.text()} ${url}`.trim());
    });
    page.on('pageerror', (error: Error) =>
      this.found.push(`error: ${error.stack ?? error.message}`),
    );
    page.on('request', (request: Request) => {
      if (!isOwn(request.url())) this.found.push(`request to another host: ${request.url()}`);
    });
    page.on('websocket', (socket) => {
      if (!isOwn(socket.url())) this.found.push(`connection to another host: ${socket.url()}`);
    });
  }

  /** What a test provokes on purpose: a refused order, a server that is away. */
  excuse(...patterns: RegExp[]): void {
    this.excused.push(...patterns);
  }

  problems(): string[] {
    return this.found.filter((text) => !this.excused.some((pattern) => pattern.test(text)));
  }
}
