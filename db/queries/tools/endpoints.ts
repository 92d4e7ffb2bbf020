import { and, eq, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type ToolEndpointRow, toolEndpoints } from "@/db/schema/tools";

/** Locks an endpoint until the transaction ends; null when there is none of this id. */
export async function lockEndpoint(
  tx: Pick<Database, "select">,
  id: string,
): Promise<ToolEndpointRow | null> {
  const [row] = await tx.select().from(toolEndpoints).where(eq(toolEndpoints.id, id)).for("update");
  return row ?? null;
}

/** Whether another endpoint has this name, in any case. */
export async function isNameTaken(
  tx: Pick<Database, "select">,
  name: string,
  exceptId: string,
): Promise<boolean> {
  const isNamed = sql`lower(${toolEndpoints.name}) = lower(${name})`;
  const taken = await tx
    .select({ id: toolEndpoints.id })
    .from(toolEndpoints)
    .where(and(isNamed, ne(toolEndpoints.id, exceptId)));
  return taken.length > 0;
}

export async function updateEndpoint(
  tx: Pick<Database, "update">,
  id: string,
  columns: Partial<typeof toolEndpoints.$inferInsert>,
): Promise<void> {
  await tx.update(toolEndpoints).set(columns).where(eq(toolEndpoints.id, id));
}

/** Returns false if the name is taken. */
export async function insertEndpoint(
  tx: Pick<Database, "insert">,
  endpoint: typeof toolEndpoints.$inferInsert,
): Promise<boolean> {
  const made = await tx
    .insert(toolEndpoints)
    .values(endpoint)
    .onConflictDoNothing()
    .returning({ id: toolEndpoints.id });
  return made.length > 0;
}

/** The removed endpoint's name, or null. */
export async function removeEndpoint(tx: Pick<Database, "delete">, id: string): Promise<string | null> {
  const [gone] = await tx
    .delete(toolEndpoints)
    .where(eq(toolEndpoints.id, id))
    .returning({ name: toolEndpoints.name });
  return gone?.name ?? null;
}
