import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { POST as auth } from "@/app/api/auth/[...all]/route";
import { db } from "@/db/client";
import { createPerson } from "@/db/queries/auth/people";
import type { Role } from "@/lib/auth/roles";
import { peerHeaders } from "@/lib/http/server/peer-address";
import { send } from "@/tests/support/people/send";

export const password = "correct horse battery";

/** Computed once for all: it takes far longer than the rest. */
const passwordHash = hashPassword(password);

export type TestPerson = { id: string; email: string; cookie: string };

/** Signs in a new person with a role and the password above, from a separate address, so that no rate limit is shared. */
export async function signedIn(role: Role): Promise<TestPerson> {
  const email = `${role}-${randomUUID()}@example.com`;
  const made = await createPerson(db, {
    email,
    name: role,
    role,
    passwordHash: await passwordHash,
  });
  if (!made) throw new Error("The address was taken.");
  return { id: made.id, email, cookie: await cookieFrom(await signIn(email, password)) };
}

/** Tries to sign in, from a random address by default. */
export function signIn(
  email: string,
  withPassword: string,
  ip = randomAddress(),
  headers: Record<string, string> = {},
): Promise<Response> {
  return auth(
    send("/api/auth/sign-in/email", {
      method: "POST",
      json: { email, password: withPassword },
      headers: { ...headers, ...peerHeaders(ip) },
    }),
  );
}

/** Returns the cookies a response sets, in the format of the next request's header. */
export async function cookieFrom(response: Response): Promise<string> {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function randomAddress(): string {
  return [10, 0, 0, 0].map((first) => first || Math.floor(Math.random() * 250) + 1).join(".");
}
