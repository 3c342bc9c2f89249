import '@fontsource-variable/inter/wght.css';
import './app/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { first } from './app/first-texts.ts';
import { Providers } from './app/providers.tsx';
import { reloadWhenOutdated } from './app/reload-when-outdated.ts';
import { startI18n } from './base/i18n.ts';

startI18n(first);
reloadWhenOutdated();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  );
}
