import "server-only";
import { issueMessageSchema } from "@/lib/issues/issue";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Vapi's own monitoring has raised an issue: about many calls or none, so it makes no call (lib/issues). */
export const issueCreated = defineEvent({
  types: ["issue.created"],
  schema: issueMessageSchema,
  identity: ({ issue }) => issue.id,
  isAboutCall: false,
  project: () => ({}),
});
