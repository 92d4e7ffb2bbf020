import "server-only";
import type { ResourceKind } from "@/lib/connect/needs";
import { isRecord, type PatchBody, type VapiDocument } from "@/lib/connect/patch";
import type { ShownCredential } from "@/lib/credentials/credential";
import { type DescribedIssue, vapiIssueSchema } from "@/lib/issues/issue";
import { parseJson, stringifyJson } from "@/lib/lossless-json";
import { createClientWith, toVapiError, vapiUrl } from "@/lib/vapi/server/client";
import { readVapiKey } from "@/lib/vapi/server/key";

/** Vapi could not be asked, or rejected the request. The message is a sentence for people. */
export class VapiRequestError extends Error {
  override name = "VapiRequestError";

  constructor(
    message: string,
    /** Vapi's HTTP status; null if it did not answer. */
    readonly status: number | null,
    /** How long Vapi asks to wait, if it does. */
    readonly retryMs: number | null = null,
  ) {
    super(message);
  }
}

const paths: Readonly<Record<ResourceKind, string>> = {
  assistant: "assistant",
  squad: "squad",
  "phone-number": "phone-number",
  tool: "tool",
};

interface Asked {
  method?: "GET" | "PATCH" | "POST" | "DELETE";
  body?: PatchBody;
  /** Replaces the key in use. */
  key?: string;
}

const timeoutInSeconds = 15;
const tryAgain = "Try again in a minute.";
const byItself = "Earshot retries automatically.";

/** @throws VapiRequestError */
async function ask(path: string, { method = "GET", body, key }: Asked = {}): Promise<unknown> {
  const token = key ?? (await readVapiKey());
  if (token === null) throw new VapiRequestError("No Vapi API key. Save one first.", null);
  // Repeating a POST would create a second credential.
  const client = await createClientWith(token, { timeoutInSeconds, maxRetries: method === "POST" ? 0 : 2 });
  const init = {
    method,
    ...(body && { body: stringifyJson(body), headers: { "content-type": "application/json" } }),
  };
  // The SDK escapes the question mark of a path but leaves a whole URL alone.
  const send = () => client.fetch(`${vapiUrl()}/${path}`, init);
  const response = await send()
    // A kept connection may be closed just as it is used again. The SDK repeats only requests that were answered.
    .catch((cause: unknown) => {
      if (method === "GET" && isBroken(cause)) return send();
      throw cause;
    })
    .catch(async (cause: unknown) => {
      throw (await toVapiError(cause)) ?? unanswered();
    });
  const text = await response.text().catch(() => {
    throw unanswered();
  });
  const answer = readAnswer(text);
  if (!response.ok) throw refused(response.status, answer);
  return answer;
}

/** `fetch` throws this when there is no connection or it breaks (fetch standard, "network error"). */
const isBroken = (cause: unknown) => cause instanceof TypeError;

/** Converts an error of Vapi's client for background work, which retries by itself. */
export async function toVapiRequestError(cause: unknown, retryMs: number | null): Promise<VapiRequestError> {
  const { statusCode: status, body } = (await toVapiError(cause)) ?? {};
  const { message } = status === undefined ? unanswered(byItself) : refused(status, body, byItself);
  return new VapiRequestError(message, status ?? null, retryMs);
}

function unanswered(advice = tryAgain): VapiRequestError {
  return new VapiRequestError(`Vapi is not responding. ${advice}`, null);
}

function readAnswer(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

/** Converts a rejection by Vapi. Its message is cut short, because it may repeat what was sent. */
function refused(status: number, answer: unknown, advice = tryAgain): VapiRequestError {
  if (status === 401 || status === 403) {
    return new VapiRequestError(
      "Vapi rejects the API key. Save the private key of your organisation.",
      status,
    );
  }
  if (status === 429) return new VapiRequestError(`Vapi's rate limit is reached. ${advice}`, 429);
  if (status >= 500) return new VapiRequestError(`Vapi is failing (${status}). ${advice}`, status);
  const message = isRecord(answer) ? [answer.message].flat().join("; ").slice(0, 300) : "";
  return new VapiRequestError(
    `Vapi rejected the request (${status})${message ? `: ${message}` : "."}`,
    status,
  );
}

const pageSize = 1_000;
/** More than any account has, in case a server ignores the page size. */
const mostPages = 20;

/**
 * Lists every resource of a kind, newest first, page by page.
 * @throws VapiRequestError
 */
export async function listDocuments(kind: ResourceKind): Promise<VapiDocument[]> {
  const all = new Map<string, VapiDocument>();
  let before = "";
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(`${paths[kind]}?limit=${pageSize}${before}`);
    const found = Array.isArray(answer) ? answer.filter(isRecord) : [];
    for (const document of found) all.set(String(document.id), document);
    const oldest = found.at(-1)?.createdAt;
    if (found.length < pageSize || typeof oldest !== "string") break;
    before = `&createdAtLe=${encodeURIComponent(oldest)}`;
  }
  return [...all.values()];
}

const pathOf = (kind: ResourceKind, id: string) => `${paths[kind]}/${encodeURIComponent(id)}`;

/**
 * Returns null if Vapi has no such resource.
 * @throws VapiRequestError
 */
export async function getDocument(kind: ResourceKind, id: string): Promise<VapiDocument | null> {
  try {
    const answer = await ask(pathOf(kind, id));
    return isRecord(answer) ? answer : null;
  } catch (cause) {
    if (cause instanceof VapiRequestError && cause.status === 404) return null;
    throw cause;
  }
}

/**
 * Changes these fields and returns the whole document.
 * @throws VapiRequestError
 */
export async function patchDocument(kind: ResourceKind, id: string, body: PatchBody): Promise<VapiDocument> {
  const answer = await ask(pathOf(kind, id), { method: "PATCH", body });
  if (!isRecord(answer)) throw unanswered();
  return answer;
}

/**
 * Returns an issue of Vapi's monitoring; null if there is no such issue.
 * @throws VapiRequestError
 */
export async function getMonitoringIssue(id: string): Promise<DescribedIssue | null> {
  try {
    return vapiIssueSchema.safeParse(await ask(issuePath(id))).data ?? null;
  } catch (cause) {
    if (cause instanceof VapiRequestError && cause.status === 404) return null;
    throw cause;
  }
}

/**
 * Changes an issue and returns it; null if there is no such issue.
 * @throws VapiRequestError
 */
export async function changeMonitoringIssue(id: string, body: PatchBody): Promise<DescribedIssue | null> {
  try {
    return vapiIssueSchema.safeParse(await ask(issuePath(id), { method: "PATCH", body })).data ?? null;
  } catch (cause) {
    if (cause instanceof VapiRequestError && cause.status === 404) return null;
    throw cause;
  }
}

const issuePath = (id: string) => `monitoring/issue/${encodeURIComponent(id)}`;

/**
 * Checks that Vapi accepts a key.
 * @throws VapiRequestError if it does not, or does not answer
 */
export async function tryKey(key: string): Promise<void> {
  await ask(`${paths.assistant}?limit=1`, { key });
}

const longestName = 40;

/**
 * Creates a credential in Vapi with our secret and returns its id there.
 * @throws VapiRequestError
 */
export async function createVapiCredential(
  name: string,
  { settings, secret }: Pick<ShownCredential, "settings" | "secret">,
): Promise<string> {
  const body = {
    provider: "webhook",
    name: name.slice(0, longestName),
    authenticationPlan: toPlan(settings, secret),
  };
  const answer = await ask("credential", { method: "POST", body });
  const id = isRecord(answer) ? answer.id : null;
  if (typeof id !== "string") throw unanswered();
  return id;
}

/**
 * Deletes a credential in Vapi, because it could not be stored here.
 * @throws VapiRequestError
 */
export async function deleteVapiCredential(id: string): Promise<void> {
  await ask(`credential/${encodeURIComponent(id)}`, { method: "DELETE" });
}

function toPlan(settings: ShownCredential["settings"], secret: string): PatchBody {
  if (settings.kind === "hmac") {
    return {
      type: "hmac",
      secretKey: secret,
      algorithm: settings.algorithm,
      signatureHeader: settings.signatureHeader,
      timestampHeader: settings.timestampHeader,
      payloadFormat: settings.payloadFormat,
      signatureEncoding: settings.encoding,
    };
  }
  const isBearer = settings.kind === "bearer";
  return {
    type: "bearer",
    token: secret,
    headerName: isBearer ? settings.header : "x-vapi-secret",
    bearerPrefixEnabled: isBearer && settings.hasPrefix,
  };
}
