import '@fontsource-variable/inter/wght.css';
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { reloadWhenOutdated } from './app/reload-when-outdated.ts';
import { en } from './app/texts.ts';
import { startI18n } from './base/i18n.ts';

startI18n(en);
reloadWhenOutdated();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  );
}
