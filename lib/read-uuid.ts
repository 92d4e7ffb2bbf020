import * as z from "zod";

/** A UUID of any version, in the database's spelling. */
export const uuidSchema = z.guid().toLowerCase();

/** Reads a UUID of any version from a URL or body, in the database's spelling; null if it is not one. */
export function readUuid(text: string): string | null {
  return uuidSchema.safeParse(text).data ?? null;
}
