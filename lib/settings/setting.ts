import type * as z from "zod";

/** A setting: its name in the database, its schema, and its value until someone changes it. */
export interface Setting<T> {
  name: string;
  schema: z.ZodType<T>;
  initial: T;
}

export function defineSetting<T>(name: string, schema: z.ZodType<T>, initial: T): Setting<T> {
  return { name, schema, initial };
}
