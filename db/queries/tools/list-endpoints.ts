import "server-only";
import { asc } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type ToolEndpointRow, toolEndpoints } from "@/db/schema/tool-endpoints";
import type { Endpoint } from "@/lib/tools/endpoints/endpoint";

/** Every configured endpoint with its sealed headers, by name. */
export function listEndpointRows(db: Pick<Database, "select">): Promise<ToolEndpointRow[]> {
  return db.select().from(toolEndpoints).orderBy(asc(toolEndpoints.name));
}

/** The same as they are shown. */
export async function listEndpoints(db: Pick<Database, "select">): Promise<Endpoint[]> {
  return (await listEndpointRows(db)).map(toEndpoint);
}

export function toEndpoint(row: ToolEndpointRow): Endpoint {
  const { sealedHeaders: _, createdAt: __, body, parameters, ...shown } = row;
  return { ...shown, body: body ?? null, parameters: { ...parameters, type: "object" } };
}
