import { defaultMessages, type Needs, neededMessages, placeOf, type ResourceKind } from "@/lib/connect/needs";
import {
  diffFields,
  type FieldChange,
  isRecord,
  type PatchBody,
  setField,
  toPatch,
  type VapiDocument,
} from "@/lib/connect/patch";
import { hostOf, newServer, type ServerFaultKind, serverChecks } from "@/lib/connect/server-faults";

export type FaultKind =
  | "no-server"
  | ServerFaultKind
  | "missing-messages"
  | "takes-control"
  | "override-server"
  | "override-messages"
  | "tool-server";

/** A setting in Vapi that keeps calls off the board, with the field changes that fix it. */
export interface Fault {
  kind: FaultKind;
  /** A clause that follows the name: "sends events to other.example". */
  clause: string;
  /** For information only: no events are lost, and it is never selected by default. */
  isNote: boolean;
  changes: FieldChange[];
}

type Find = (
  document: VapiDocument,
  kind: ResourceKind,
  needs: Needs,
) => { clause: string; after: unknown } | null;

/** A part of a document that can have a server and a list of messages. */
interface Place {
  path: readonly string[];
  /** Text before the clause: "member 2 ". */
  prefix: string;
  needsServer: boolean;
  needsMessages: boolean;
}

function at(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (Array.isArray(value) ? value[Number(key)] : isRecord(value) ? value[key] : undefined),
    document,
  );
}

const membersOf = ({ members }: VapiDocument) => (Array.isArray(members) ? members.filter(isRecord) : []);

/**
 * A number without an assistant, squad or workflow asks its own server which assistant answers; other numbers need no
 * server.
 */
const leadsNowhere = (number: VapiDocument) => !number.assistantId && !number.squadId && !number.workflowId;

function listPlaces(document: VapiDocument, kind: ResourceKind): Place[] {
  if (kind === "assistant") return [{ path: [], prefix: "", needsServer: true, needsMessages: true }];
  if (kind === "phone-number")
    return [{ path: [], prefix: "", needsServer: leadsNowhere(document), needsMessages: false }];
  return membersOf(document).flatMap((member, index) =>
    isRecord(member.assistant)
      ? {
          path: ["members", String(index), "assistant"],
          prefix: `member ${index + 1} `,
          needsServer: true,
          needsMessages: true,
        }
      : [],
  );
}

/** Runs a check on each place in turn, each on the document as fixed so far. */
function inPlaces(
  find: (part: VapiDocument, place: Place, needs: Needs) => { clause: string; after: unknown } | null,
): Find {
  return (document, kind, needs) => {
    let after: unknown = document;
    const clauses: string[] = [];
    for (const place of listPlaces(document, kind)) {
      const part = at(after, place.path);
      const found = isRecord(part) ? find(part, place, needs) : null;
      if (!found) continue;
      clauses.push(`${place.prefix}${found.clause}`);
      after = setField(after, place.path, found.after);
    }
    return clauses.length > 0 ? { clause: clauses.join("; "), after } : null;
  };
}

const serverOf = (part: VapiDocument) => (isRecord(part.server) && part.server.url ? part.server : null);

function ofServer(kind: ServerFaultKind): Find {
  const { find, mend } = serverChecks[kind];
  return inPlaces((part, _, needs) => {
    const server = serverOf(part);
    const clause = server && find(server, needs);
    if (!(server && clause)) return null;
    const fields = Object.entries(mend(server, needs));
    return {
      clause,
      after: fields.reduce(
        (all, [name, value]) => setField(all, ["server", name], value) as VapiDocument,
        part,
      ),
    };
  });
}

const messagesOf = ({ serverMessages }: VapiDocument): readonly unknown[] =>
  Array.isArray(serverMessages) ? serverMessages : defaultMessages;

/** A subset of `transcript`: with both, each final would arrive twice. */
const finalsOnly = 'transcript[transcriptType="final"]';

function listMissing(messages: readonly unknown[]): string[] {
  return neededMessages.filter((type) => !messages.includes(type));
}

const findMissing = inPlaces((part, { needsMessages }) => {
  const messages = messagesOf(part);
  const missing = needsMessages ? listMissing(messages) : [];
  if (missing.length === 0) return null;
  return {
    clause: `does not send ${missing.join(", ")}`,
    after: { ...part, serverMessages: [...messages.filter((type) => type !== finalsOnly), ...missing] },
  };
});

const findControl = inPlaces((part, { needsMessages }, { handlesPhoneControl }) => {
  const messages = messagesOf(part);
  if (!needsMessages || handlesPhoneControl || !messages.includes("phone-call-control")) return null;
  return {
    clause: "sends phone-call-control: Vapi then leaves hanging up and forwarding to this server",
    after: { ...part, serverMessages: messages.filter((type) => type !== "phone-call-control") },
  };
});

const findNoServer = inPlaces((part, { needsServer }, needs) => {
  if (!needsServer || serverOf(part)) return null;
  const clause = "has no Server URL: its events go to the organisation’s server, if it has one";
  return {
    clause,
    after: { ...part, server: { ...(isRecord(part.server) && part.server), ...newServer(needs) } },
  };
});

/** The places where a squad overrides its members' settings. */
function listOverrides(squad: VapiDocument): { path: string[]; who: string }[] {
  const members = membersOf(squad).map((_, index) => ({
    path: ["members", String(index), "assistantOverrides"],
    who: `member ${index + 1}`,
  }));
  return [{ path: ["membersOverrides"], who: "all members" }, ...members];
}

/** Removes a squad's override, so that the assistant's own setting applies. */
function inOverrides(field: string, toClause: (value: unknown, needs: Needs) => string | null): Find {
  return (squad, kind, needs) => {
    if (kind !== "squad") return null;
    const found = listOverrides(squad).flatMap(({ path, who }) => {
      const value = at(squad, [...path, field]);
      const words = value === undefined || value === null ? null : toClause(value, needs);
      return words ? [{ path: [...path, field], clause: `${words} for ${who}` }] : [];
    });
    if (found.length === 0) return null;
    return {
      clause: found.map(({ clause }) => clause).join("; "),
      after: found.reduce<unknown>((all, { path }) => setField(all, path, undefined), squad),
    };
  };
}

const findOverridingServer = inOverrides("server", (server, needs) => {
  if (!isRecord(server)) return null;
  if (placeOf(String(server.url), needs.appUrl) !== "webhook")
    return `overrides the server with ${hostOf(server.url)}`;
  const isFaulty = Object.values(serverChecks).some(({ find }) => find(server, needs) !== null);
  return isFaulty ? "overrides the server with incomplete settings" : null;
});

const findOverridingMessages = inOverrides("serverMessages", (messages) => {
  const missing = Array.isArray(messages) ? listMissing(messages) : [];
  return missing.length > 0 ? `stops ${missing.join(", ")}` : null;
});

/** A tool's server, if it is not ours. */
function findForeignServer(tool: unknown, appUrl: string): { name: string; host: string } | null {
  if (!isRecord(tool) || !isRecord(tool.server)) return null;
  const url = text(tool.server.url);
  if (!url || placeOf(url, appUrl) === "webhook") return null;
  const name = (isRecord(tool.function) && text(tool.function.name)) || text(tool.name) || "a tool";
  return { name, host: hostOf(url) };
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** A tool's own server can be removed only if Earshot answers the tool itself. */
const findToolServers: Find = (document, kind, { appUrl, answersTool }) => {
  const tools = at(document, ["model", "tools"]);
  const places: string[][] =
    kind === "tool"
      ? [[]]
      : kind === "assistant" && Array.isArray(tools)
        ? tools.map((_, index) => ["model", "tools", String(index)])
        : [];
  const found = places.flatMap((path) => {
    const foreign = findForeignServer(at(document, path), appUrl);
    return foreign ? [{ path, ...foreign }] : [];
  });
  if (found.length === 0) return null;
  const list = found.map(({ name, host }) => (kind === "tool" ? host : `${name} to ${host}`)).join(", ");
  return {
    clause: kind === "tool" ? `is answered by ${list}` : `sends tool calls elsewhere: ${list}`,
    after: found
      .filter(({ name }) => answersTool(name))
      .reduce<unknown>((all, { path }) => setField(all, [...path, "server"], undefined), document),
  };
};

/** In the order they are shown and fixed. */
const checks: Readonly<Record<FaultKind, Find>> = {
  "no-server": findNoServer,
  "other-server": ofServer("other-server"),
  "wrong-path": ofServer("wrong-path"),
  "override-server": findOverridingServer,
  "no-credential": ofServer("no-credential"),
  "unknown-credential": ofServer("unknown-credential"),
  "retired-credential": ofServer("retired-credential"),
  "overriding-header": ofServer("overriding-header"),
  "missing-messages": findMissing,
  "override-messages": findOverridingMessages,
  "takes-control": findControl,
  "no-retries": ofServer("no-retries"),
  "unretried-status": ofServer("unretried-status"),
  "short-timeout": ofServer("short-timeout"),
  encrypted: ofServer("encrypted"),
  "tool-server": findToolServers,
};

// Object.keys loses the type of the keys.
export const faultKinds = Object.keys(checks) as FaultKind[];

/** Finds everything that keeps a resource's calls off the board. */
export function findFaults(document: VapiDocument, kind: ResourceKind, needs: Needs): Fault[] {
  return faultKinds.flatMap((fault) => {
    const found = checks[fault](document, kind, needs);
    if (!found) return [];
    const changes = diffFields(document, found.after);
    return [{ kind: fault, clause: found.clause, isNote: fault === "tool-server", changes }];
  });
}

/** Returns the PATCH that fixes the given faults and changes nothing else. */
export function fixFaults(
  document: VapiDocument,
  kind: ResourceKind,
  chosen: ReadonlySet<FaultKind>,
  needs: Needs,
): { body: PatchBody; changes: FieldChange[] } {
  const after = faultKinds
    .filter((fault) => chosen.has(fault))
    .reduce<VapiDocument>((patched, fault) => {
      const found = checks[fault](patched, kind, needs);
      return found && isRecord(found.after) ? found.after : patched;
    }, document);
  return { body: toPatch(document, after), changes: diffFields(document, after) };
}
