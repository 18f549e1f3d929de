/** The secret of a link that was printed where nobody else reads it, in the part of the address that no server is sent; the address
 *  forgets it at once. */
export function secretOfLink(): string {
  const secret = decodeURIComponent(window.location.hash.slice(1));
  if (secret) window.history.replaceState(window.history.state, '', window.location.pathname);
  return secret;
}
