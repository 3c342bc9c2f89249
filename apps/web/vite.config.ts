import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compress.ts';
import { liveTexts } from './live-texts.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), liveTexts, compressed(join(import.meta.dirname, 'dist'))],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    // The Content-Security-Policy allows fonts and scripts from our own origin only, so nothing becomes a data URL.
    assetsInlineLimit: 0,
  },
});
