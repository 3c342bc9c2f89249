import { defineConfig } from 'vite';

/** One ES module without imports, for browsers, Node and workers; the types beside it are TypeScript's. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' },
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // Vite leaves the white space of ES modules alone, which is most of what the size limit is about.
    minify: false,
    rolldownOptions: { output: { minify: true } },
  },
});
