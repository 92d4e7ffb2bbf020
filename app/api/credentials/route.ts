import { db } from "@/db/client";
import { newCredentialSchema, shownCredentialSchema } from "@/lib/credentials/credential";
import { createCredential, listCredentials } from "@/lib/credentials/server/manage";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

export const GET = route("GET", "/api/credentials", {
  access: "credentials.manage",
  summary: "List all webhook credentials, including past ones, without secrets",
  answer: listOf("credentials"),
  handle: async () => ({ credentials: await listCredentials(db) }),
});

export const POST = route("POST", "/api/credentials", {
  access: "credentials.manage",
  summary: "Create a webhook credential; its secret is only shown in this response",
  body: newCredentialSchema,
  answer: shownCredentialSchema,
  status: 201,
  handle: ({ body, by }) => createCredential(db, body, by),
});
