/**
 * Whether a request that carries a cookie comes from our own pages and not from another site's form or script.
 * Browsers send Sec-Fetch-Site on every request to a secure or local address; where they do not, Origin must match.
 * Neither header: refused, because then nothing speaks for the request.
 * @param appUrl our origin, like https://earshot.example.com
 */
export function isSameOrigin(headers: Headers, appUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  return headers.get("origin") === appUrl;
}
