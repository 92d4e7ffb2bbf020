import "server-only";
import type { z } from "zod";
import type { Facts } from "@/db/queries/record/facts";
import type { Envelope } from "@/lib/webhook/server/envelope";

export type Reply = Record<string, unknown>;

export interface Answer {
  reply: Reply;
  /** Stores more about the delivery without delaying the answer. Must not reject. */
  afterwards?: () => Promise<void>;
}

/** Facts that a handler gets beside the message itself. */
export interface Moment {
  /** When it happened, by Vapi's clock. */
  at: Date;
  /** When our answer was ready, by the same clock: `at` plus the time it took us. */
  answeredAt: Date;
  /** The event's key: used as the id of facts that only this event brings. */
  key: string;
}

/** One message type: its wire names, its schema, the facts it states and its answer. */
interface EventDefinition<M> {
  /** Wire names. */
  types: readonly string[];
  schema: z.ZodType<M>;
  /** Distinguishes two events of this type with the same stamp. */
  identity?: (message: M) => string;
  /** True for messages that change the call a few times a second and are not kept one by one. */
  isChatty?: true | ((message: M) => boolean);
  /** False for messages that are not about a call (chats, sessions, campaigns). */
  isAboutCall?: boolean;
  /** True for messages that come long after a call has ended: they mark an existing call and never create one. */
  isPostscript?: boolean;
  /**
   * True if it reads neither the conversation so far (`artifact`, `messages*`, `conversation`) nor more of `assistant` and
   * `call` than every event does: those parts are then not parsed (lib/webhook/server/leave-out-unread.ts).
   */
  isBrief?: true;
  /** Keys that this handler stores elsewhere, so that the event log leaves them out. */
  leaveOut?: readonly string[];
  /** Pure: message → facts. `reply` is the answer, for types that have one. */
  project: (message: M, moment: Moment, reply: Reply | null) => Facts;
  /** Only for types where Vapi waits for an answer. Must not throw, must not need the database. */
  respond?: (message: M, envelope: Envelope) => Promise<Answer>;
}

/** A handler bound to a message that has passed its schema; the message's type is hidden. */
export interface ReadEvent {
  identity: string;
  isChatty: boolean;
  isAboutCall: boolean;
  isPostscript: boolean;
  leaveOut: readonly string[];
  project: (moment: Moment, reply: Reply | null) => Facts;
  respond: ((envelope: Envelope) => Promise<Answer>) | null;
  /** The same handler with the message as it is stored; null if that does not match the schema. */
  readStored: (message: unknown) => ReadEvent | null;
}

export interface Issue {
  path: string;
  message: string;
}

export interface EventHandler {
  types: readonly string[];
  /** True for a type whose events are never kept. */
  isNeverLogged: boolean;
  isBrief: boolean;
  read: (message: unknown) => { event: ReadEvent } | { issues: Issue[] };
}

/** Of ten thousand wrong entries, the first twenty are enough. */
const maxIssues = 20;

/** Turns a typed definition into a handler of the common type that the registry holds. */
export function defineEvent<M>(definition: EventDefinition<M>): EventHandler {
  return {
    types: definition.types,
    isNeverLogged: definition.isChatty === true,
    isBrief: definition.isBrief ?? false,
    read(input) {
      const parsed = definition.schema.safeParse(input);
      if (!parsed.success) return { issues: parsed.error.issues.slice(0, maxIssues).map(toIssue) };
      return { event: seal(definition, parsed.data) };
    },
  };
}

function seal<M>(definition: EventDefinition<M>, message: M): ReadEvent {
  const { respond, isChatty = false } = definition;
  return {
    identity: definition.identity?.(message) ?? "",
    isChatty: typeof isChatty === "function" ? isChatty(message) : isChatty,
    isAboutCall: definition.isAboutCall ?? true,
    isPostscript: definition.isPostscript ?? false,
    leaveOut: definition.leaveOut ?? [],
    project: (moment, reply) => definition.project(message, moment, reply),
    respond: respond ? (envelope) => respond(message, envelope) : null,
    readStored: (stored) => {
      const parsed = definition.schema.safeParse(stored);
      return parsed.success ? seal(definition, parsed.data) : null;
    },
  };
}

function toIssue(issue: z.core.$ZodIssue): Issue {
  return { path: issue.path.join("."), message: issue.message };
}
