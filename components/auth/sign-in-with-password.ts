import { sendJson } from "@/lib/http/client";

/**
 * Signs in and leaves for a page of ours, loading it anew: what was rendered for nobody must not linger. Returns why
 * it could not.
 */
export async function signInWithPassword(
  email: string,
  password: string,
  next: string,
): Promise<string | null> {
  const sent = await sendJson("POST", "/api/auth/sign-in/email", { email, password });
  if (!sent.ok) return sent.why;
  window.location.assign(next);
  return null;
}
