/**
 * Whether a URL's path and query can be decoded and stored: no broken percent-encoding, which Next and URLSearchParams
 * read differently, and no NUL, which PostgreSQL does not accept in text.
 */
export function isReadableUrl({ pathname, search }: URL): boolean {
  try {
    return !decodeURIComponent(pathname + search).includes("\0");
  } catch {
    return false;
  }
}

const nowhere = "https://nowhere.invalid";

/**
 * Returns a path on this site, or "/" if the link points elsewhere. Browsers leave the site for `//host`, `/\host` and
 * tabs or newlines inside, so the link is resolved as they would and only its path, query and hash are kept.
 */
export function toLocalPath(claim: string | null | undefined): string {
  if (!claim?.startsWith("/") || !URL.canParse(claim, nowhere)) return "/";
  const url = new URL(claim, nowhere);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === nowhere && !path.startsWith("//") ? path : "/";
}
