import * as z from "zod";

/** A UUID of whatever version, in the spelling of the database. */
export const uuidSchema = z.guid().toLowerCase();

/** A UUID of whatever version in a URL or a body, in the spelling of the database; null when it is none. */
export function readUuid(text: string): string | null {
  return uuidSchema.safeParse(text).data ?? null;
}
