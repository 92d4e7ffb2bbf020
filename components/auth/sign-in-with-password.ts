import * as z from "zod";
import { secondFactorPath } from "@/lib/auth/second-factor";
import { sendJson } from "@/lib/http/client";

const pendingSchema = z.object({ twoFactorRedirect: z.literal(true) });

/**
 * Signs in, then does a full page load, so that nothing rendered for a signed-out visitor stays in the cache. Goes to
 * the code page first if a second factor is required. Returns the error message if it fails.
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
