import { db } from "@/db/client";
import { revokeApiKey } from "@/lib/auth/server/keys";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";
import { endRevokedListening } from "@/lib/realtime/server/generation";

export const DELETE = route("DELETE", "/api/keys/[keyId]", {
  access: "keys.manage",
  summary: "Revoke a key for good",
  params: { keyId: uuidSchema },
  answer: null,
  notFound: { detail: "There is no key with this id that could be revoked." },
  async handle({ params, by, notFound }) {
    if (!(await revokeApiKey(db, params.keyId, by))) return notFound();
    await endRevokedListening();
    return null;
  },
});
