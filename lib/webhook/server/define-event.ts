import "server-only";
import type { z } from "zod";
import type { Facts } from "@/db/queries/record/facts";
import type { Envelope } from "@/lib/webhook/server/envelope";

export type Reply = Record<string, unknown>;

export interface Answer {
  reply: Reply;
  /** What else is kept of the delivery once the answer is on its way, on nobody's time. Must not reject. */
  afterwards?: () => Promise<void>;
}

/** What a handler is told beside the message itself. */
export interface Moment {
  /** When it happened, by Vapi's clock. */
  at: Date;
  /** When we had its answer, by the same clock: `at` plus the time it took us. */
  answeredAt: Date;
  /** The event's key: the id of what only this event tells. */
  key: string;
}

/** One message type: how it is spelled, what shape it has, which facts it states, what it is answered. */
interface EventDefinition<M> {
  /** Wire names. */
  types: readonly string[];
  schema: z.ZodType<M>;
  /** What tells two events of this type with the same stamp apart. */
  identity?: (message: M) => string;
  /** True for what changes the call a few times a second and is not kept one by one. */
  isChatty?: true | ((message: M) => boolean);
  /** False for messages about no call (chats, sessions, campaigns). */
  isAboutCall?: boolean;
  /** True for what comes when a call is long over: it is noted on a call we have, and never makes one anew. */
  isPostscript?: boolean;
  /** Keys that this handler keeps elsewhere, so that the event log need not. */
  leaveOut?: readonly string[];
  /** Pure: message → facts. `reply` is what it was answered, for the types that are. */
  project: (message: M, moment: Moment, reply: Reply | null) => Facts;
  /** Only where Vapi waits: the answer. Must not throw, must not need the database. */
  respond?: (message: M, envelope: Envelope) => Promise<Answer>;
}

/** A handler with a message in hand: the schema has been passed, the message's type is sealed in. */
export interface ReadEvent {
  identity: string;
  isChatty: boolean;
  isAboutCall: boolean;
  isPostscript: boolean;
  leaveOut: readonly string[];
  project: (moment: Moment, reply: Reply | null) => Facts;
  respond: ((envelope: Envelope) => Promise<Answer>) | null;
  /** The same handler with the message as it is stored; null where that does not fit it. */
  readStored: (message: unknown) => ReadEvent | null;
}

export interface Issue {
  path: string;
  message: string;
}

export interface EventHandler {
  types: readonly string[];
  /** True for a type of which no event is kept. */
  isNeverLogged: boolean;
  read: (message: unknown) => { event: ReadEvent } | { issues: Issue[] };
}

/** A list of ten thousand wrong entries says no more than its first twenty. */
const maxIssues = 20;

/** Turns a typed definition into a handler that the registry can hold beside the others. */
export function defineEvent<M>(definition: EventDefinition<M>): EventHandler {
  return {
    types: definition.types,
    isNeverLogged: definition.isChatty === true,
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
