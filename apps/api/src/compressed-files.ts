import type { NextFunction, Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** What is smaller comes first. */
const ENCODINGS = ['br', 'gzip'] as const;
type Encoding = (typeof ENCODINGS)[number];

/** Entity tags of the copies of a file. */
type Copies = ReadonlyMap<Encoding, string>;

/**
 * Serves a page's files from the compressed copies that the build has made of them (`scripts/lib/compress-page.mjs`) to
 * those who take them; everything else is left to whoever comes next.
 * @param root of the files; the copies lie beside it, in `root.br` and `root.gzip`.
 * @param setHeaders sets what is the same for every file, by its path.
 */
export function serveCompressed(
  root: string,
  setHeaders: (response: Response, path: string) => void,
): (request: Request, response: Response, next: NextFunction) => void {
  const files = findCopies(root);
  return (request, response, next) => {
    const path = request.path === '/' ? '/index.html' : request.path;
    const copies = files.get(path);
    if (copies === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    response.vary('Accept-Encoding');
    const encoding = ENCODINGS.find(
      (each) => copies.has(each) && request.acceptsEncodings(each) !== false,
    );
    if (encoding === undefined) {
      next();
      return;
    }
    setHeaders(response, path);
    response.type(extname(path));
    response.setHeader('Content-Encoding', encoding);
    response.setHeader('ETag', copies.get(encoding) ?? '');
    const options = { root: folderOf(root, encoding), cacheControl: false, acceptRanges: false };
    response.sendFile(path, options, (error?: Error) => {
      if (error === undefined || response.headersSent) return;
      // Gone, as while the page is built anew: then as it is.
      for (const header of ['Content-Encoding', 'ETag']) response.removeHeader(header);
      next();
    });
  };
}

/** Read once: files of a page that was built since are served as they are. */
function findCopies(root: string): ReadonlyMap<string, Copies> {
  const files = new Map<string, Map<Encoding, string>>();
  for (const encoding of ENCODINGS) {
    const folder = folderOf(root, encoding);
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const path = `/${relative(folder, file).split(sep).join('/')}`;
      const copies = files.get(path) ?? new Map<Encoding, string>();
      files.set(path, copies.set(encoding, entityTag(file)));
    }
  }
  return files;
}

function folderOf(root: string, encoding: Encoding): string {
  return `${root}.${encoding}`;
}

function entityTag(file: string): string {
  return `"${createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 22)}"`;
}
