import { sendJson } from "@/lib/http/client";

/** Ends this browser's session and leaves for the sign-in page. Returns why it could not. */
export async function signOut(): Promise<string | null> {
  const sent = await sendJson("POST", "/api/auth/sign-out", {});
  if (!sent.ok) return sent.why;
  window.location.assign("/sign-in");
  return null;
}
