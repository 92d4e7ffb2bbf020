/**
 * Whether a URL's path and query can be decoded and stored: no broken percent-encoding, which Next and URLSearchParams
 * each read in their own way, and no NUL, which PostgreSQL takes in no text.
 */
export function isReadableUrl({ pathname, search }: URL): boolean {
  try {
    return !decodeURIComponent(pathname + search).includes("\0");
  } catch {
    return false;
  }
}
