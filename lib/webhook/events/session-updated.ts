import "server-only";
import { defineEvent } from "@/lib/webhook/define-event";
import { sessionIdentity, sessionMessageSchema } from "@/lib/webhook/session-message";

/** Vapi's `ServerMessageSessionUpdated`: about a session of chats and no call. */
export const sessionUpdated = defineEvent({
  types: ["session.updated"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});
