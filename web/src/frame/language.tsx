import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { carry } from '../api/ask';
import { ZONE } from '../parts/zone';
import type swedish from '../words/sv.json';

export type Language = 'sv' | 'en';
export type WordId = keyof typeof swedish;
type Catalogue = Record<string, string>;

const CATALOGUES: Record<Language, () => Promise<{ default: Catalogue }>> = {
  sv: () => import('../words/sv.json'),
  en: () => import('../words/en.json'),
};
const STORED = 'handslag-language';

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'sv' || stored === 'en') return stored;
  return navigator.languages.some((it) => it.startsWith('sv')) ? 'sv' : 'en';
}

const Choice = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'sv',
  choose: () => {},
});

/** The chosen language and how to choose the other. */
export const useLanguage = () => useContext(Choice);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const [catalogue, setCatalogue] = useState<{ language: Language; words: Catalogue }>();
  carry({ language, ...(catalogue ? { unreachable: catalogue.words['problem.away'] } : {}) });
  const client = useQueryClient();
  const asked = useRef(language);
  // The server's own sentences too.
  useEffect(() => {
    if (asked.current === language) return;
    asked.current = language;
    void client.invalidateQueries();
  }, [language, client]);
  useEffect(() => {
    let isWanted = true;
    void CATALOGUES[language]().then((it) => {
      if (isWanted) setCatalogue({ language, words: it.default });
    });
    document.documentElement.lang = language;
    return () => {
      isWanted = false;
    };
  }, [language]);
  const choose = useCallback((next: Language) => {
    localStorage.setItem(STORED, next);
    setLanguage(next);
  }, []);
  const choice = useMemo(() => ({ language, choose }), [language, choose]);
  if (!catalogue) return null;
  return (
    <Choice value={choice}>
      <IntlProvider
        locale={catalogue.language === 'sv' ? 'sv-SE' : 'en-GB'}
        messages={catalogue.words}
        timeZone={ZONE}
        onError={(error) => {
          if (import.meta.env.DEV) console.error(error);
        }}
      >
        {children}
      </IntlProvider>
    </Choice>
  );
}

type Values = Record<string, string | number | Date>;

/** `w('customer.contact', { n: 4 })`: the words of the chosen language. */
export function useWords(): (id: WordId, values?: Values) => string {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}

/** How texts are ordered in the chosen language ("ö" last in Swedish), figures within them as figures. */
export function useOrder(): (a: string, b: string) => number {
  const { locale } = useIntl();
  return useMemo(() => new Intl.Collator(locale, { numeric: true }).compare, [locale]);
}

/**
 * Words for what comes from data (`term('channel', 'phone')`): the catalogue's where it has any, else the
 * value itself, since an installation may use names of its own.
 */
export function useTerm(): (kind: string, value: string | null | undefined) => string {
  const intl = useIntl();
  return useCallback(
    (kind, value) => {
      if (!value) return '–';
      const id = `${kind}.${value.replaceAll(' ', '-')}`;
      if (id in intl.messages) return intl.formatMessage({ id });
      // An id is spelt out; what somebody has written stays as it is.
      return /^[a-z][a-z_-]*$/.test(value) ? value.replaceAll(/[-_]/g, ' ') : value;
    },
    [intl],
  );
}
