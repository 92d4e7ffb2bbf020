import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** A time to the millisecond, which is Vapi's resolution. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

/**
 * The rank of a fact; the greater one wins (see lib/webhook/rank.ts and db/queries/record/merge-call.ts). Below 2^53, so a
 * plain number is exact.
 */
export const rank = () => bigint({ mode: "number" });

/** The words of a text for Postgres's search. Never read into this process. */
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** A transaction's id, which does not wrap around; read as text. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });
