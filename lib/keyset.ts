import * as z from "zod";
import { uuidSchema } from "@/lib/read-uuid";

/** The last row of the page before, by when it opened and its id. */
export interface OpenedCursor {
  openedAt: Date;
  id: string;
}

/** `1767524032688_<id>`: the cursor as the API says it, with epoch ms. */
export const openedCursorSchema = z
  .string()
  .regex(/^\d{12,14}_.+$/, "Unknown cursor.")
  .transform((cursor): OpenedCursor => {
    const separator = cursor.indexOf("_");
    return { openedAt: new Date(Number(cursor.slice(0, separator))), id: cursor.slice(separator + 1) };
  });

/** The same where ids are UUIDs. */
export const uuidCursorSchema = openedCursorSchema.refine(({ id }) => uuidSchema.safeParse(id).success, {
  error: "Unknown cursor.",
});

/**
 * Splits what was read into one page and the cursor of the next.
 * @param rows one more than `limit`, if there are as many
 */
export function toKeysetPage<T extends { openedAt: Date | string; id: string }>(
  rows: readonly T[],
  limit: number,
): { page: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { page, nextCursor: hasMore ? `${new Date(last.openedAt).getTime()}_${last.id}` : null };
}
