// The build of the pages: web/dist, which CMake puts into the program (src/app/pages/built.cmake).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const dist = fileURLToPath(new URL('dist', import.meta.url));

/** Beside each file that becomes smaller, the same compressed: the server sends it as it is. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync(`${dist}/assets`)) {
        if (!/\.(js|css|svg)$/.test(entry)) continue;
        const bytes = readFileSync(`${dist}/assets/${entry}`);
        const small = gzipSync(bytes, { level: 9 });
        if (small.length < bytes.length) writeFileSync(`${dist}/assets/${entry}.gz`, small);
      }
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../node_modules/.vite', import.meta.url)),
  plugins: [react(), compressed()],
  // The server puts a word of its own for each answer in this place (src/app/pages/pages.cc).
  html: { cspNonce: '@@NONCE@@' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // Why: a data: URL would be a second way in for the Content-Security-Policy to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/v1': process.env.HANDSLAG_URL ?? 'http://127.0.0.1:8080' } },
});
