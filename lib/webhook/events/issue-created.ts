import "server-only";
import { issueMessageSchema } from "@/lib/issues/issue";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** An issue raised by Vapi's own monitoring: about many calls or none, so it creates no call (lib/issues). */
export const issueCreated = defineEvent({
  types: ["issue.created"],
  schema: issueMessageSchema,
  identity: ({ issue }) => issue.id,
  isAboutCall: false,
  project: () => ({}),
});
