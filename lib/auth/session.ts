import "server-only";
import type { Person } from "@/lib/auth/actor";
import { getAuth } from "@/lib/auth/get-auth";
import { roleSchema } from "@/lib/auth/role";

/**
 * The person whose session cookie a request carries, or null. Asks the database each time: an ended session, a
 * blocked person and a changed role are felt at once.
 * @param canRenew whether the answer may set a cookie: a week passes from the last renewal. Pages cannot set cookies.
 */
export async function findPerson(
  headers: Headers,
  { canRenew }: { canRenew: boolean },
): Promise<Person | null> {
  const found = await getAuth().api.getSession({ headers, query: { disableRefresh: !canRenew } });
  if (!found) return null;
  const { user, session } = found;
  const role = roleSchema.safeParse(user.role);
  if (!role.success || user.banned) return null;
  return {
    kind: "person",
    id: user.id,
    name: user.name,
    email: user.email,
    role: role.data,
    sessionId: session.id,
  };
}
