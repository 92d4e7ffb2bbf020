import { z } from "zod";
import { db } from "@/db/client";
import { listApiKeys } from "@/db/queries/auth/api-keys";
import { newKeySchema } from "@/lib/auth/people";
import { createApiKey } from "@/lib/auth/server/keys";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

export const GET = route("GET", "/api/keys", {
  access: "keys.manage",
  summary: "List all API keys, including revoked ones, without the keys themselves",
  answer: listOf("keys"),
  handle: async () => ({ keys: await listApiKeys(db) }),
});

export const POST = route("POST", "/api/keys", {
  access: "keys.manage",
  summary: "Create a key; it is only shown in this response",
  body: newKeySchema,
  answer: z.object({ key: z.string() }),
  status: 201,
  handle: async ({ body, by }) => ({ key: await createApiKey(db, body, by) }),
});
