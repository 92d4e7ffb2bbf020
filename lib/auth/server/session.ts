import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { withDeadline } from "@/lib/async";
import { can, type Permission } from "@/lib/auth/permissions";
import { type Person, roleSchema } from "@/lib/auth/roles";
import { requestedPathHeader, signInPath } from "@/lib/auth/schemas";
import { getAuth } from "@/lib/auth/server/better-auth";

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

/** A page that is to say within three seconds that the database is gone. */
const patienceMs = 2_000;

/**
 * Who is looking at this page, or null; asked once per request however many components want to know.
 *
 * @throws when the database does not answer soon.
 */
export const getPerson = cache(async () =>
  withDeadline(findPerson(await headers(), { canRenew: false }), patienceMs),
);

/**
 * The first line of every page behind sign-in: who is looking. Redirects to the sign-in page (and back from there)
 * without a session, and to /no-access without the permission.
 */
export async function requireUser(permission: Permission): Promise<Person> {
  const person = await getPerson();
  if (!person) redirect(signInPath((await headers()).get(requestedPathHeader)));
  if (!can(person.role, permission)) redirect("/no-access");
  return person;
}
