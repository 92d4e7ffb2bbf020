import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";
import { endpointSchema } from "@/lib/tools/endpoints/endpoint";
import { changeEndpoint, deleteEndpoint } from "@/lib/tools/server/manage-endpoints";

const path = "/api/tools/endpoints/[endpointId]";
const params = { endpointId: uuidSchema };
const notFound = { detail: "Endpoint not found." };

export const PUT = route("PUT", path, {
  access: "settings.manage",
  summary: "Replace a tool endpoint; omit `secrets` to keep them",
  params,
  body: endpointSchema,
  answer: null,
  notFound,
  async handle({ params, body, by, notFound }) {
    const outcome = await changeEndpoint(db, params.endpointId, body, by);
    switch (outcome) {
      case "changed":
        return null;
      case "missing":
        return notFound();
      case "name-taken":
        return problem(409, "Name taken", "Another endpoint has this name.");
      case "secrets-needed":
        return problem(
          409,
          "Secrets needed",
          "It now points to another host: enter its secret headers again.",
        );
    }
  },
});

export const DELETE = route("DELETE", path, {
  access: "settings.manage",
  summary: "Delete a tool endpoint",
  params,
  answer: null,
  notFound,
  handle: async ({ params, by, notFound }) =>
    (await deleteEndpoint(db, params.endpointId, by)) ? null : notFound(),
});
