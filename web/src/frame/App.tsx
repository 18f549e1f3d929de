import { createTheme, MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Problem, UNREACHABLE } from '../api/problem';
import { LanguageProvider } from './language';
import { router } from './routes';

const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'var(--hs-font)',
  fontFamilyMonospace: 'var(--hs-font-mono)',
  defaultRadius: 6,
  focusRing: 'auto',
  respectReducedMotion: true,
  colors: {
    ink: [
      '#eef4f9',
      '#dbe7f1',
      '#b6cfe2',
      '#8db5d3',
      '#6a9ec7',
      '#4a86b4',
      '#2c6c9e',
      '#17456b',
      '#12385a',
      '#0c2a45',
    ],
  },
});

// What the server refuses is not asked again; what did not reach it is, until it is back.
const mayComeBack = (error: Error) =>
  error instanceof Problem && (error.status === UNREACHABLE || error.status === 503);

const client: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => mayComeBack(error) && count < 120,
      retryDelay: (count) => Math.min(500 * 2 ** count, 4_000),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
  queryCache: new QueryCache({
    // The session has ended: the frame shows the door as soon as it knows.
    onError: (error) => {
      if (error instanceof Problem && error.status === 401) {
        void client.invalidateQueries({ queryKey: ['session'] });
      }
    },
  }),
});

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={client}>
        <LanguageProvider>
          <RouterProvider router={router} />
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
