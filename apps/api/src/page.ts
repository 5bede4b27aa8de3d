import type { NestExpressApplication } from '@nestjs/platform-express';
import { join } from 'node:path';

/** Serves the page at `/`. Its files lie beside the compiled code. */
export function setupPage(app: NestExpressApplication): void {
  app.useStaticAssets(join(__dirname, 'page'), { etag: true, maxAge: 0 });
}
