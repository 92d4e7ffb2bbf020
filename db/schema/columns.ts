import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** A moment, to the millisecond: Vapi's own resolution. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

/**
 * The rank of a fact; of two, the greater wins (see lib/webhook/rank.ts and db/queries/record/merge-call.ts).
 * Below 2^53, so a plain number is exact.
 */
export const rank = () => bigint({ mode: "number" });

/** The words of a text, as Postgres searches them. Never read into this process. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** The id of a transaction, which does not wrap around; read as the text of its digits. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });
