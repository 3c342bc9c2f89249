import i18next, { type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Prepares the texts of the first pages; they are bundled with them, so that the first render has them. */
export function startI18n(english: ResourceLanguage): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: english } },
    interpolation: { escapeValue: false },
    // In development texts change while they are shown.
    react: { bindI18nStore: import.meta.hot ? 'added' : '' },
    initAsync: false,
  });
}

/** Adds the texts of further pages. Call it while their code loads, before any of them is shown; or in the place of others. */
export function addTexts(english: ResourceLanguage): void {
  for (const [group, texts] of Object.entries(english)) {
    i18next.addResourceBundle('en', 'translation', { [group]: texts }, true, true);
  }
}
