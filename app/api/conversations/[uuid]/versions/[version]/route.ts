import { z } from "zod";
import { db } from "@/db/client";
import { conversationVersionSchema, versionParamSchema } from "@/lib/conversations/versions";
import { route } from "@/lib/http/server/route";
import { viewVersion } from "@/lib/privacy/server/view-conversations";
import { uuidSchema } from "@/lib/read-uuid";

export const GET = route("GET", "/api/conversations/[uuid]/versions/[version]", {
  access: "calls.view",
  summary: "Get a version of a context",
  params: { uuid: uuidSchema, version: versionParamSchema },
  answer: z.object({ version: conversationVersionSchema }),
  notFound: { detail: "This version is no longer stored." },
  async handle({ params, actor, notFound }) {
    const version = await viewVersion(db, actor, params.uuid, params.version);
    return version ? { version } : notFound();
  },
});
