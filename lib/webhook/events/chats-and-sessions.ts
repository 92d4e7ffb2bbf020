import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Shape that all `chat.*` messages share. */
export const chatMessageSchema = z.looseObject({ chat: z.looseObject({ id: z.string().nullish() }) });

/** Shape that all `session.*` messages share. */
export const sessionMessageSchema = z.looseObject({
  session: z.looseObject({
    id: z.string().nullish(),
    status: z.string().nullish(),
    updatedAt: z.string().nullish(),
  }),
});

/** Vapi's `ServerMessageChatCreated`: about a text chat, not a call, so it is only kept in the event log. */
export const chatCreated = defineEvent({
  types: ["chat.created"],
  schema: chatMessageSchema,
  identity: ({ chat }) => chat.id ?? "",
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageChatDeleted`: about a text chat, not a call, so it is only kept in the event log. */
export const chatDeleted = defineEvent({
  types: ["chat.deleted"],
  schema: chatMessageSchema,
  identity: ({ chat }) => chat.id ?? "",
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageSessionCreated`: about a session of chats, not a call. */
export const sessionCreated = defineEvent({
  types: ["session.created"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageSessionDeleted`: about a session of chats, not a call. */
export const sessionDeleted = defineEvent({
  types: ["session.deleted"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});

/** Vapi's `ServerMessageSessionUpdated`: about a session of chats, not a call. */
export const sessionUpdated = defineEvent({
  types: ["session.updated"],
  schema: sessionMessageSchema,
  identity: sessionIdentity,
  isAboutCall: false,
  project: () => ({}),
});

/** Status and update time are included because one session is updated many times. */
function sessionIdentity({ session }: z.infer<typeof sessionMessageSchema>): string {
  return `${session.id ?? ""} ${session.status ?? ""} ${session.updatedAt ?? ""}`;
}
