import { db } from "@/db/client";
import { revokeApiKey } from "@/lib/auth/server/keys";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";
import { endRevokedListening } from "@/lib/realtime/server/generation";

export const DELETE = route("DELETE", "/api/keys/[keyId]", {
  access: "keys.manage",
  summary: "Revoke a key permanently",
  params: { keyId: uuidSchema },
  answer: null,
  notFound: { detail: "No valid key has this ID." },
  async handle({ params, by, notFound }) {
    if (!(await revokeApiKey(db, params.keyId, by))) return notFound();
    await endRevokedListening();
    return null;
  },
});
