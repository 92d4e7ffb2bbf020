/** Where the next page of Vapi's list starts. */
export type PageBound = { createdAtLe?: string; createdAtLt?: string };

/**
 * Returns the bound of the next page. Vapi lists the newest calls first and pages by creation time only, so calls of
 * the same millisecond may appear on both pages. If they fill a whole page, the rest of them cannot be requested.
 * @returns null after the last page
 */
export function nextPage(page: readonly { createdAt: string }[], pageSize: number): PageBound | null {
  const oldest = page.at(-1)?.createdAt;
  if (oldest === undefined || page.length < pageSize) return null;
  return isCrowded(page, pageSize) ? { createdAtLt: oldest } : { createdAtLe: oldest };
}

/** Whether all calls of a full page were created in the same millisecond. */
export function isCrowded(page: readonly { createdAt: string }[], pageSize: number): boolean {
  return page.length >= pageSize && page.every(({ createdAt }) => createdAt === page[0]?.createdAt);
}
