import { defineConfig } from 'vite';

/** One ES module, which marks itself as the browser's part of an application; the types beside it are TypeScript's. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' },
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      external: [/^react/, /^@sallyport\//, /^@simplewebauthn\//],
      output: { minify: true, banner: "'use client';" },
    },
  },
});
