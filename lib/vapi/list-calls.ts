/** Where the next page of Vapi's list begins. */
export type PageBound = { createdAtLe?: string; createdAtLt?: string };

/**
 * Vapi lists the newest calls first and goes on by the moment of creation alone. Calls of the very same millisecond may lie on both
 * pages, so they come twice; of one that fills a page, the rest cannot be asked for.
 * @returns null after the last page
 */
export function nextPage(page: readonly { createdAt: string }[], pageSize: number): PageBound | null {
  const oldest = page.at(-1)?.createdAt;
  if (oldest === undefined || page.length < pageSize) return null;
  return isCrowded(page, pageSize) ? { createdAtLt: oldest } : { createdAtLe: oldest };
}

/** Whether all calls of a full page were made in one millisecond. */
export function isCrowded(page: readonly { createdAt: string }[], pageSize: number): boolean {
  return page.length >= pageSize && page.every(({ createdAt }) => createdAt === page[0]?.createdAt);
}
