import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const API = process.env.TRADEFLOW_URL ?? 'http://localhost:8000';
const ROUTES = [
  '/orders',
  '/markets',
  '/trades',
  '/users',
  '/health',
  '/operations',
  '/settings',
  '/stream',
];

/** `npm run web:dev` serves the page with hot reload and passes the rest on to a running api. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  resolve: {
    alias: {
      '@app/client': fileURLToPath(new URL('../../libs/client/src/index.ts', import.meta.url)),
    },
  },
  build: {
    outDir: fileURLToPath(new URL('../../dist/apps/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: false,
  },
  server: {
    proxy: Object.fromEntries(
      ROUTES.map((path) => [path, { target: API, ws: path === '/stream' }]),
    ),
  },
});
