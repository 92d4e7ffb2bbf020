import { POST as auth } from "@/app/api/auth/[...all]/route";
import type { Role } from "@/lib/auth/roles";
import { peerHeaders } from "@/lib/http/server/peer-address";
import { cookieFrom, password, signedIn, signIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { totpCode } from "@/tests/support/people/totp";

let asked = 0;

/** Calls better-auth, each time from a different address, so that no limit per address is hit. */
export function askAuth(path: string, cookie: string, json: object = {}): Promise<Response> {
  asked += 1;
  const headers = peerHeaders(`10.77.${asked >> 8}.${asked & 255}`);
  return auth(send(`/api/auth/${path}`, { method: "POST", cookie, json, headers }));
}

export type WithApp = TestPerson & { uri: string; recoveryCodes: string[] };

/** Sets up an authenticator app for a person, which replaces their session. */
export async function setUpApp(person: TestPerson): Promise<WithApp> {
  const enabled = await askAuth("two-factor/enable", person.cookie, { password });
  const { totpURI: uri, backupCodes: recoveryCodes } = await enabled.json();
  const verified = await askAuth("two-factor/verify-totp", person.cookie, { code: totpCode(uri) });
  return { ...person, cookie: await cookieFrom(verified), uri, recoveryCodes };
}

export async function signedInWithApp(role: Role): Promise<WithApp> {
  return setUpApp(await signedIn(role));
}

/** Submits the right password. Returns the cookie of the sign-in that waits for the code. */
export async function passwordStep({ email }: TestPerson): Promise<string> {
  return cookieFrom(await signIn(email, password));
}
