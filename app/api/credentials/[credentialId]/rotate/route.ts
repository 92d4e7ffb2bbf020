import { db } from "@/db/client";
import { rotationSchema, shownCredentialSchema } from "@/lib/credentials/credential";
import { rotateCredential } from "@/lib/credentials/server/manage";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const POST = route("POST", "/api/credentials/[credentialId]/rotate", {
  access: "credentials.manage",
  summary: "Rotate a credential; the old secret stays valid for `graceHours`",
  params: { credentialId: uuidSchema },
  body: rotationSchema,
  answer: shownCredentialSchema,
  status: 201,
  notFound: { detail: "No valid credential has this ID." },
  handle: async ({ params, body, by, notFound }) =>
    (await rotateCredential(db, params.credentialId, body, by)) ?? notFound(),
});
