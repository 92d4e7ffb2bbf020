import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Person } from "@/lib/auth/actor";
import { getPerson } from "@/lib/auth/get-person";
import { requestedPathHeader, signInPath } from "@/lib/auth/paths";
import { can, type Permission } from "@/lib/auth/permissions";

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
