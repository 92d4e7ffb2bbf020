import { customType } from "drizzle-orm/pg-core";

/** The words of a text, as Postgres searches them. Never read into this process. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
