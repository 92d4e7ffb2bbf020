import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { EndpointMethod } from "@/lib/tools/endpoints/endpoint";

/**
 * One row for each tool call with an effect outside, written before it runs: whoever writes it runs it, everybody else
 * gets what came of it. A row without an outcome whose time is up belongs to a process that died on the way.
 */
export const toolEffects = pgTable(
  "tool_effects",
  {
    /** The call's id; for a delivery that names none its conversation's. No foreign key: it is claimed before it is recorded. */
    callId: text().notNull(),
    toolCallId: text().notNull(),
    /** What was asked (lib/tools/server/asked-key.ts): the same id with other arguments is another call. */
    asked: text().notNull().default(""),
    tool: text().notNull(),
    claimedAt: moment().notNull(),
    /** When whoever claimed it has stopped, one way or the other. */
    expiresAt: moment().notNull(),
    settledAt: moment(),
    /** One of the two once settled; neither after retention has passed. */
    result: text(),
    error: text(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.toolCallId, table.asked] })],
);

/** HTTP endpoints that assistants may call, each a tool of its own. */
export const toolEndpoints = pgTable(
  "tool_endpoints",
  {
    id: uuid().primaryKey(),
    /** As the assistant calls it. */
    name: text().notNull(),
    description: text().notNull(),
    effect: text().$type<"read" | "write">().notNull(),
    method: text().$type<EndpointMethod>().notNull(),
    /** With `{{placeholders}}`, filled in encoded. */
    url: text().notNull(),
    /** JSON Schema of the arguments. */
    parameters: jsonb().$type<Record<string, unknown>>().notNull(),
    /** JSON with `{{placeholders}}`; null: none is sent. */
    body: jsonb(),
    headers: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** The headers that are secrets: their names; and names and values together as JSON, sealed. */
    secretNames: jsonb().$type<string[]>().notNull().default([]),
    sealedHeaders: text(),
    /** The sentence made of the answer's JSON, with `{{paths.into.it}}`. */
    sentence: text().notNull(),
    timeoutMs: integer().notNull(),
    isEnabled: boolean().notNull().default(true),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [uniqueIndex("tool_endpoints_name").on(sql`lower(${table.name})`)],
);

export type ToolEndpointRow = typeof toolEndpoints.$inferSelect;
