/** A version as it stands in a URL; null when it is none. */
export function readVersion(text: string): number | null {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
