import "server-only";
import { defineEvent } from "@/lib/webhook/define-event";
import { sessionIdentity, sessionMessageSchema } from "@/lib/webhook/session-message";

/** Vapi's `ServerMessageSessionDeleted`: about a session of chats and no call. */
export const sessionDeleted = defineEvent({
  types: ["session.deleted"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});
