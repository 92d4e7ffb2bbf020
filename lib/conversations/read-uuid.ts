import { z } from "zod";

const uuidSchema = z.guid().toLowerCase();

/** A conversation's uuid as it stands in a URL, as it stands in the database; null when it is none. */
export function readUuid(text: string): string | null {
  return uuidSchema.safeParse(text).data ?? null;
}
