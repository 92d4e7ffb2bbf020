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

const nowhere = "https://nowhere.invalid";

/**
 * A path on this site from what a link claims to be one, else "/". Browsers read `//host`, `/\host` and tabs or
 * newlines inside as ways to leave, so the claim is resolved as they would and only its path, query and hash are kept.
 */
export function toLocalPath(claim: string | null | undefined): string {
  if (!claim?.startsWith("/") || !URL.canParse(claim, nowhere)) return "/";
  const url = new URL(claim, nowhere);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === nowhere && !path.startsWith("//") ? path : "/";
}
