import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/auth";
import type { AlertActor } from "@/lib/alerts/alert";
import { can } from "@/lib/auth/permissions";
import { roles } from "@/lib/auth/roles";

const mayAct = and(
  inArray(
    users.role,
    roles.filter((role) => can(role, "alerts.act")),
  ),
  eq(users.banned, false),
);

/** Everybody an alert can be given to, by name. */
export async function listAssignees(db: Pick<Database, "select">): Promise<AlertActor[]> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(mayAct)
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
}

/** The one of them with this id, or null. */
export async function findAssignee(db: Pick<Database, "select">, id: string): Promise<AlertActor | null> {
  const [found] = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.id, id), mayAct));
  return found ?? null;
}
