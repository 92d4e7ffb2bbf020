import { db } from "@/db/client";
import { noSuchConversation } from "@/lib/conversations/server/http";
import { versionListSchema, versionPageSchema } from "@/lib/conversations/versions";
import { route } from "@/lib/http/server/route";
import { viewVersions } from "@/lib/privacy/server/view-conversations";
import { uuidSchema } from "@/lib/read-uuid";

/** The contexts are not included. */
export const GET = route("GET", "/api/conversations/[uuid]/versions", {
  access: "calls.view",
  summary: "List the versions of a context, newest first",
  params: { uuid: uuidSchema },
  query: versionPageSchema,
  answer: versionListSchema,
  notFound: noSuchConversation,
  handle: async ({ params, query, actor, notFound }) =>
    (await viewVersions(db, actor, params.uuid, query)) ?? notFound(),
});
