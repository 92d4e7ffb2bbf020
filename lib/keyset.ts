import * as z from "zod";
import { uuidSchema } from "@/lib/read-uuid";

/** Position of the last row of the previous page: when it opened, and its id. */
export interface OpenedCursor {
  openedAt: Date;
  id: string;
}

/** `1767524032688_<id>`: the cursor as the API formats it, with epoch ms. */
export const openedCursorSchema = z
  .string()
  .regex(/^\d{12,14}_.+$/, "Unknown cursor.")
  .transform((cursor): OpenedCursor => {
    const separator = cursor.indexOf("_");
    return { openedAt: new Date(Number(cursor.slice(0, separator))), id: cursor.slice(separator + 1) };
  });

/** The same, for ids that are UUIDs. */
export const uuidCursorSchema = openedCursorSchema.refine(({ id }) => uuidSchema.safeParse(id).success, {
  error: "Unknown cursor.",
});

/**
 * Splits the rows read into one page and the cursor of the next.
 * @param rows up to `limit` + 1 rows; the extra one shows that there is another page
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
