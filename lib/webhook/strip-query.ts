/** A link without query and fragment: what is signed into them is a password that expires. Null for no http(s) link. */
export function stripQuery(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, origin, pathname } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? `${origin}${pathname}` : null;
}
