import { z } from "zod";

const guid = z.guid();

/** Whether a text has the form of a UUID of whatever version, as PostgreSQL's `uuid` takes it. */
export function isGuid(text: string): boolean {
  return guid.safeParse(text).success;
}
