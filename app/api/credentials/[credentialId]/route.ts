import { db } from "@/db/client";
import { revokeCredential } from "@/lib/credentials/server/manage";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const DELETE = route("DELETE", "/api/credentials/[credentialId]", {
  access: "credentials.manage",
  summary: "Revoke a webhook credential permanently",
  params: { credentialId: uuidSchema },
  answer: null,
  notFound: { detail: "No valid credential has this ID." },
  handle: async ({ params, by, notFound }) =>
    (await revokeCredential(db, params.credentialId, by)) ? null : notFound(),
});
