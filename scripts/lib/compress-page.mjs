// Compresses the files of the page once, at its build, as well as it can be done: nothing is compressed at a request.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXTS = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt']);
/** A smaller one goes into the first packet anyway. */
const SMALLEST = 1024;

const ENCODINGS = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/** Writes a copy of each text that gets smaller by it into the folder beside the page that is named by the encoding. */
export function compressPage(page) {
  for (const entry of readdirSync(page, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXTS.has(extname(entry.name))) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    if (bytes.length < SMALLEST) continue;
    for (const [encoding, compress] of Object.entries(ENCODINGS)) {
      const compressed = compress(bytes);
      if (compressed.length >= bytes.length) continue;
      const copy = join(`${page}.${encoding}`, relative(page, file));
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, compressed);
    }
  }
}
