import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { db } from "@/db/client";
import { withDeadline } from "@/lib/async";
import { can, type Permission } from "@/lib/auth/permissions";
import { type Person, roleSchema } from "@/lib/auth/roles";
import { requestedPathHeader, signInPath } from "@/lib/auth/schemas";
import { type SecondFactorState, secondFactorPath } from "@/lib/auth/second-factor";
import { getAuth } from "@/lib/auth/server/better-auth";
import { findSecondFactorState } from "@/lib/auth/server/second-factor";

/** The person of a session, and the second factor that the session may still lack. */
type Visitor = { person: Person; secondFactor: SecondFactorState };

/**
 * Returns the person whose session cookie a request carries, or null. Queries the database each time, so that an ended
 * session, a blocked person, a changed role and a required second factor take effect at once. Both pages and API use it.
 * @param canRenew whether the response may set a cookie: a session lasts a week from its last renewal. Pages cannot set
 * cookies.
 */
export async function findVisitor(
  headers: Headers,
  { canRenew }: { canRenew: boolean },
): Promise<Visitor | null> {
  const found = await getAuth().api.getSession({ headers, query: { disableRefresh: !canRenew } });
  if (!found) return null;
  const { user, session } = found;
  const role = roleSchema.safeParse(user.role);
  if (!role.success || user.banned) return null;
  const { id, name, email } = user;
  const person: Person = { kind: "person", id, name, email, role: role.data, sessionId: session.id };
  const secondFactor = await findSecondFactorState(db, {
    userId: id,
    role: role.data,
    isConfirmed: session.secondFactor === true,
    hasApp: user.twoFactorEnabled === true,
  });
  return { person, secondFactor };
}

/** Short, because a page should report within three seconds that the database is down. */
const timeoutMs = 2_000;

/**
 * The visitor of the current page, or null; looked up once per request however many components ask.
 *
 * @throws when the database does not answer in time.
 */
export const getVisitor = cache(async () =>
  withDeadline(findVisitor(await headers(), { canRenew: false }), timeoutMs),
);

/** The person of the current page, or null if they are signed out or lack their second factor. */
export async function getPerson(): Promise<Person | null> {
  const visitor = await getVisitor();
  return visitor?.secondFactor === "satisfied" ? visitor.person : null;
}

/**
 * The first line of every page behind sign-in: returns the visitor. Redirects to the sign-in page (and back from there)
 * without a session, to /second-factor if that is missing, and to /no-access without the permission.
 */
export async function requireUser(permission: Permission): Promise<Person> {
  const visitor = await getVisitor();
  const wanted = (await headers()).get(requestedPathHeader);
  if (!visitor) redirect(signInPath(wanted));
  const { person, secondFactor } = visitor;
  if (secondFactor !== "satisfied") redirect(secondFactorPath(wanted));
  if (!can(person.role, permission)) redirect("/no-access");
  return person;
}
