import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { EndpointMethod } from "@/lib/tools/endpoints/endpoint";

/**
 * One row per tool call with an effect, written before it runs. The process that inserts the row runs the tool; every other
 * process gets its result. A row that still has no outcome after its deadline belongs to a process that died.
 */
export const toolEffects = pgTable(
  "tool_effects",
  {
    /**
     * The call's id, or its conversation's for a delivery without one. No foreign key: the effect is claimed before the call is
     * recorded.
     */
    callId: text().notNull(),
    toolCallId: text().notNull(),
    /** The tool and arguments (lib/tools/server/asked-key.ts): the same id with other arguments is another call. */
    asked: text().notNull().default(""),
    tool: text().notNull(),
    claimedAt: moment().notNull(),
    /** When its process has certainly stopped trying. */
    expiresAt: moment().notNull(),
    settledAt: moment(),
    /** One of the two is set once settled; neither after retention. */
    result: text(),
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.toolCallId, table.asked] }),
    // Retention deletes the oldest.
    index("tool_effects_claimed_at").on(table.claimedAt.desc()),
  ],
);

/** HTTP endpoints as tools for assistants. */
export const toolEndpoints = pgTable(
  "tool_endpoints",
  {
    id: uuid().primaryKey(),
    /** The tool's name. */
    name: text().notNull(),
    description: text().notNull(),
    effect: text().$type<"read" | "write">().notNull(),
    method: text().$type<EndpointMethod>().notNull(),
    /** With `{{placeholders}}`, which are URL-encoded when filled in. */
    url: text().notNull(),
    /** JSON Schema of the arguments. */
    parameters: jsonb().$type<Record<string, unknown>>().notNull(),
    /** JSON with `{{placeholders}}`; null: no body. */
    body: jsonb(),
    headers: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** The names of secret headers; `sealedHeaders` has them with their values as sealed JSON. */
    secretNames: jsonb().$type<string[]>().notNull().default([]),
    sealedHeaders: text(),
    /** The sentence built from the answer's JSON, with `{{paths.into.it}}`. */
    sentence: text().notNull(),
    timeoutMs: integer().notNull(),
    isEnabled: boolean().notNull().default(true),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [uniqueIndex("tool_endpoints_name").on(sql`lower(${table.name})`)],
);

export type ToolEndpointRow = typeof toolEndpoints.$inferSelect;
