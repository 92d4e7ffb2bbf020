import * as z from "zod";

const uuidSchema = z.guid().toLowerCase();

/** A UUID of whatever version as it stands in a URL or a body, as it stands in the database; null when it is none. */
export function readUuid(text: string): string | null {
  return uuidSchema.safeParse(text).data ?? null;
}
