import "server-only";
import { chatMessageSchema, sessionIdentity, sessionMessageSchema } from "@/lib/webhook/server/chats";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Vapi's `ServerMessageChatCreated`: about a text chat and no call, so it is kept in the event log and changes nothing. */
export const chatCreated = defineEvent({
  types: ["chat.created"],
  schema: chatMessageSchema,
  identity: ({ chat }) => chat.id ?? "",
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageChatDeleted`: about a text chat and no call, so it is kept in the event log and changes nothing. */
export const chatDeleted = defineEvent({
  types: ["chat.deleted"],
  schema: chatMessageSchema,
  identity: ({ chat }) => chat.id ?? "",
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageSessionCreated`: about a session of chats and no call. */
export const sessionCreated = defineEvent({
  types: ["session.created"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageSessionDeleted`: about a session of chats and no call. */
export const sessionDeleted = defineEvent({
  types: ["session.deleted"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageSessionUpdated`: about a session of chats and no call. */
export const sessionUpdated = defineEvent({
  types: ["session.updated"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});
