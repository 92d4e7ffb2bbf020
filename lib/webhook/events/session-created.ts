import "server-only";
import { defineEvent } from "@/lib/webhook/define-event";
import { sessionIdentity, sessionMessageSchema } from "@/lib/webhook/session-message";

/** Vapi's `ServerMessageSessionCreated`: about a session of chats and no call. */
export const sessionCreated = defineEvent({
  types: ["session.created"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});
