import type * as z from "zod";

/** Something an admin can set: its name in the database, its shape, and what holds until somebody has set it. */
export interface Setting<T> {
  name: string;
  schema: z.ZodType<T>;
  initial: T;
}

export function defineSetting<T>(name: string, schema: z.ZodType<T>, initial: T): Setting<T> {
  return { name, schema, initial };
}
