import { db } from "@/db/client";
import { shownConversationSchema } from "@/lib/conversations/conversation";
import { restoreContext, setContext } from "@/lib/conversations/server/change";
import { answerChange, noSuchConversation } from "@/lib/conversations/server/http";
import { toWriter, versionParamSchema } from "@/lib/conversations/versions";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const POST = route("POST", "/api/conversations/[uuid]/versions/[version]/restore", {
  access: "context.edit",
  summary: "Restore an earlier context as a new version; 412 on version conflict",
  params: { uuid: uuidSchema, version: versionParamSchema },
  ifMatch: true,
  answer: shownConversationSchema,
  notFound: noSuchConversation,
  async handle({ params: { uuid, version }, ifVersion, actor, by }) {
    const wish = {
      conversationId: uuid,
      version,
      by: toWriter(actor),
      ...(ifVersion !== undefined && { ifVersion }),
    };
    const change = await setContext(db, uuid, (tx) => restoreContext(tx, wish), {
      what: `context, as of version ${version}`,
      by,
    });
    return answerChange(actor, uuid, change);
  },
});
