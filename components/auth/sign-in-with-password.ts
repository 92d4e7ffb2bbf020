import * as z from "zod";
import { secondFactorPath } from "@/lib/auth/second-factor";
import { sendJson } from "@/lib/http/client";

const pendingSchema = z.object({ twoFactorRedirect: z.literal(true) });

/**
 * Signs in and leaves for a page of ours, loading it anew: what was rendered for nobody must not linger. Where a code is
 * asked for as well, that page comes between. Returns why it could not.
 */
export async function signInWithPassword(
  email: string,
  password: string,
  next: string,
): Promise<string | null> {
  const sent = await sendJson("POST", "/api/auth/sign-in/email", { email, password });
  if (!sent.ok) return sent.why;
  const isPending = pendingSchema.safeParse(sent.value).success;
  window.location.assign(isPending ? secondFactorPath(next) : next);
  return null;
}
