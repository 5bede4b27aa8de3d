import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serveCompressed } from './compressed-files';

/** Nothing of the page comes from another host, and no other page may frame it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  // The chart's library writes style attributes.
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws: wss:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Serves the page (apps/web) at `/`. Its files lie beside the compiled apps; those under `assets/` have a hash in their names. */
export function setupPage(app: NestExpressApplication): void {
  const root = join(__dirname, '..', '..', 'web');
  app.use(serveCompressed(root, setHeaders));
  // Files are small: whoever asks for a part gets the whole.
  const options = { etag: true, acceptRanges: false, redirect: false };
  app.useStaticAssets(root, { ...options, setHeaders });
}

function setHeaders(response: ServerResponse, path: string): void {
  const hashed = /[\\/]assets[\\/]/.test(path);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
}
