import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { EndpointMethod } from "@/lib/tools/endpoints/endpoint";

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
