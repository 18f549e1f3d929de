import { afterEach, expect, test, vi } from 'vitest';
import { ask, carry } from './ask';

afterEach(() => void vi.unstubAllGlobals());

test('where nothing answers it is said in the language of the page', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  carry({ unreachable: 'Servern svarar inte.' });
  await expect(ask('/v1/session')).rejects.toThrow('Servern svarar inte.');
});
