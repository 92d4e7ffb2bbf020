import { type Needs, neededBackoff, neededTimeoutSeconds, placeOf, webhookUrl } from "@/lib/connect/needs";
import { isRecord } from "@/lib/connect/patch";

/** The parts of Vapi's `Server` that matter here. */
export type Server = Readonly<Record<string, unknown>>;

/** A check of a server object. */
interface ServerCheck {
  /** Returns the fault as a clause that follows the name; null if there is none. */
  find: (server: Server, needs: Needs) => string | null;
  /** Returns the fields that fix it; undefined removes one. */
  mend: (server: Server, needs: Needs) => Readonly<Record<string, unknown>>;
}

export const hostOf = (url: unknown) =>
  typeof url === "string" && URL.canParse(url) ? new URL(url).host : String(url);

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

/** Statuses by which Earshot asks for a delivery to be repeated. */
const retriedStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];

function backoffOf({ backoffPlan }: Server) {
  return isRecord(backoffPlan) ? backoffPlan : null;
}

const hasRetries = (server: Server) => Number(backoffOf(server)?.maxRetries ?? 0) > 0;

function listExcluded(server: Server): unknown[] {
  const codes = backoffOf(server)?.excludedStatusCodes;
  return Array.isArray(codes) ? codes : [];
}

function findOverriding({ headers }: Server, { credentialHeader }: Needs): string | null {
  if (!isRecord(headers)) return null;
  return Object.keys(headers).find((name) => name.toLowerCase() === credentialHeader) ?? null;
}

const setCredential: ServerCheck["mend"] = ({ secret }, { credentialId }) => ({
  credentialId,
  // Vapi would still send a secret that Earshot does not know, and it would be rejected as wrong.
  ...(secret !== undefined && { secret: undefined }),
});

/** Checks of an existing server, in the order they are shown and fixed. */
export const serverChecks = {
  "other-server": {
    find: ({ url }, { appUrl }) =>
      placeOf(String(url), appUrl) === "elsewhere" ? `sends events to ${hostOf(url)}` : null,
    mend: (_, needs) => ({ url: webhookUrl(needs) }),
  },
  "wrong-path": {
    find: ({ url }, { appUrl }) =>
      placeOf(String(url), appUrl) === "other-path"
        ? "has a Server URL that is not the webhook’s: check its path"
        : null,
    mend: (_, needs) => ({ url: webhookUrl(needs) }),
  },
  "no-credential": {
    find: (server) =>
      text(server.credentialId) || text(server.secret)
        ? null
        : "has no credential: its events would be rejected",
    mend: setCredential,
  },
  "unknown-credential": {
    find: ({ credentialId, secret }, { credentials, isKnownSecret }) => {
      const id = text(credentialId);
      if (id) return credentials.has(id) ? null : "uses a credential that was not created here";
      const own = text(secret);
      return own && !isKnownSecret(own) ? "sends a secret that is not valid here" : null;
    },
    mend: setCredential,
  },
  "retired-credential": {
    find: ({ credentialId }, { credentials }) =>
      credentials.get(String(credentialId)) === "retired"
        ? "uses a credential that was revoked or rotated here"
        : null,
    mend: setCredential,
  },
  "overriding-header": {
    find: (server, needs) => {
      const header = findOverriding(server, needs);
      return header && `sends its own ${header} header, which replaces the credential’s`;
    },
    mend: (server, needs) => {
      const name = findOverriding(server, needs);
      const headers = isRecord(server.headers) ? Object.entries(server.headers) : [];
      const kept = headers.filter(([each]) => each !== name);
      return { headers: kept.length > 0 ? Object.fromEntries(kept) : undefined };
    },
  },
  "no-retries": {
    find: (server) =>
      hasRetries(server) ? null : "has no retries (backoffPlan): an event that fails once is lost",
    mend: (server) => ({ backoffPlan: { ...backoffOf(server), ...neededBackoff } }),
  },
  "unretried-status": {
    find: (server) => {
      const lost = listExcluded(server).filter((code) => retriedStatuses.includes(Number(code)));
      return lost.length > 0 ? `does not retry after ${lost.join(", ")}` : null;
    },
    mend: (server) => {
      const { excludedStatusCodes: _, ...plan } = backoffOf(server) ?? {};
      const kept = listExcluded(server).filter((code) => !retriedStatuses.includes(Number(code)));
      return { backoffPlan: kept.length > 0 ? { ...plan, excludedStatusCodes: kept } : plan };
    },
  },
  "short-timeout": {
    find: ({ timeoutSeconds }) =>
      typeof timeoutSeconds === "number" && timeoutSeconds < neededTimeoutSeconds
        ? `waits only ${timeoutSeconds} s for an answer`
        : null,
    mend: () => ({ timeoutSeconds: neededTimeoutSeconds }),
  },
  encrypted: {
    find: ({ encryptedPaths }) =>
      Array.isArray(encryptedPaths) && encryptedPaths.length > 0
        ? `encrypts parts of its events (${encryptedPaths.join(", ")}), which cannot be read here`
        : null,
    mend: () => ({ encryptedPaths: undefined }),
  },
} as const satisfies Record<string, ServerCheck>;

export type ServerFaultKind = keyof typeof serverChecks;

/** A complete server, for a place that has none. */
export function newServer(needs: Needs): Server {
  return {
    url: webhookUrl(needs),
    credentialId: needs.credentialId,
    timeoutSeconds: neededTimeoutSeconds,
    backoffPlan: neededBackoff,
  };
}
