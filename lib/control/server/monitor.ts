import "server-only";
import { createHmac } from "node:crypto";
import { z } from "zod";
import { db } from "@/db/client";
import { findMonitored, saveMonitor } from "@/db/queries/control";
import type { MonitorFact } from "@/db/queries/record/facts";
import { mapAtMost, withDeadline } from "@/lib/async";
import { isOver } from "@/lib/calls/call";
import type { Supervision } from "@/lib/control/control";
import { checkUrl, OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { log } from "@/lib/log";
import { deriveKey, openSecret, sealSecret } from "@/lib/secrets";
import { canAskVapi, getVapiCall } from "@/lib/vapi/server/client";

const url = z.string().min(1).max(2_000).nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const assistant = z
  .object({ monitorPlan: z.object({ controlEnabled: flag, listenEnabled: flag }).nullish().catch(null) })
  .nullish()
  .catch(null);

const schema = z.object({
  assistant,
  call: z
    .object({
      monitor: z.object({ controlUrl: url, listenUrl: url }).nullish().catch(null),
      assistant,
      assistantOverrides: assistant,
    })
    .nullish()
    .catch(null),
});

interface Monitor {
  controlUrl: string | null;
  listenUrl: string | null;
  isControlOff: boolean;
  isListenOff: boolean;
}

/** Reads a message's monitor URLs and plan; null if it has none. */
function readMonitor(message: unknown): Monitor | null {
  const read = schema.safeParse(message).data;
  const { controlUrl = null, listenUrl = null } = read?.call?.monitor ?? {};
  // Overrides take precedence for this call.
  const plans = [read?.call?.assistantOverrides, read?.assistant, read?.call?.assistant].map(
    (holder) => holder?.monitorPlan,
  );
  const isOff = (name: "controlEnabled" | "listenEnabled") =>
    (plans.find((plan) => typeof plan?.[name] === "boolean")?.[name] ?? true) === false;
  const monitor = {
    controlUrl,
    listenUrl,
    isControlOff: isOff("controlEnabled"),
    isListenOff: isOff("listenEnabled"),
  };
  return Object.values(monitor).some(Boolean) ? monitor : null;
}

/** Binds a sealed URL to its call and purpose, so it cannot be swapped with another. */
const ownerOf = (callId: string, way: "control" | "listen") => `${callId} ${way}`;

function seal(callId: string, monitor: Monitor, digest: string): MonitorFact {
  const { controlUrl, listenUrl, isControlOff, isListenOff } = monitor;
  return {
    sealedControlUrl: controlUrl && sealSecret(controlUrl, ownerOf(callId, "control")),
    sealedListenUrl: listenUrl && sealSecret(listenUrl, ownerOf(callId, "listen")),
    isControlOff,
    isListenOff,
    digest,
  };
}

function digestOf(callId: string, monitor: Monitor): string {
  return createHmac("sha256", deriveKey("monitor digests"))
    .update(JSON.stringify([callId, monitor]))
    .digest("base64");
}

/** Every event carries the same URLs, so a call's are written at most once per interval unless they change. */
const offerEveryMs = 60_000;
const mostOffered = 5_000;
const offered = new Map<string, { digest: string; atMs: number }>();

/**
 * Returns the sealed monitor URLs of an event; null if it has none or this process has just written them. Repeated
 * after a minute, because the row may have been deleted or the write may have failed.
 */
export function toMonitorFact(about: {
  callId: string | null;
  message: Record<string, unknown>;
}): MonitorFact | null {
  const { callId, message } = about;
  const monitor = callId === null ? null : readMonitor(message);
  if (callId === null || !monitor) return null;
  const digest = digestOf(callId, monitor);
  const last = offered.get(callId);
  const nowMs = Date.now();
  if (last?.digest === digest && nowMs - last.atMs < offerEveryMs) return null;
  offered.delete(callId);
  offered.set(callId, { digest, atMs: nowMs });
  const [oldest] = offered.keys();
  if (offered.size > mostOffered && oldest !== undefined) offered.delete(oldest);
  return seal(callId, monitor, digest);
}

/** A call's control or listen URL, or a sentence why there is none. */
type MonitorUrl = { url: URL; reason: null } | { url: null; reason: string };

interface Supervised {
  isOver: boolean;
  customerName: string | null;
  control: MonitorUrl;
  listen: MonitorUrl;
}

const over = "The call is over.";

/**
 * Returns how live calls can be controlled and listened to, by ID, without those that do not exist. Asks Vapi for calls
 * whose URLs no event has brought.
 */
export async function superviseCalls(callIds: readonly string[]): Promise<Map<string, Supervised>> {
  const found = await findMonitored(db, callIds);
  const missing = found.filter(({ status, monitor }) => !isOver(status) && isIncomplete(monitor));
  const asked = await askVapi(missing.map(({ callId }) => callId));
  return new Map(found.map((call) => [call.callId, toSupervised(call, asked.get(call.callId))]));
}

/** Returns how a live call can be controlled and listened to; null if there is no such call. */
export async function superviseCall(callId: string): Promise<Supervised | null> {
  return (await superviseCalls([callId])).get(callId) ?? null;
}

type Found = Awaited<ReturnType<typeof findMonitored>>[number];

function toSupervised({ callId, status, customerName, monitor: known }: Found, asked?: Asked): Supervised {
  if (isOver(status)) return { isOver: true, customerName, control: closed(over), listen: closed(over) };
  const monitor = asked?.monitor ?? known;
  const why = asked?.why ?? null;
  return {
    isOver: false,
    customerName,
    control: openMonitorUrl(callId, "control", monitor, why),
    listen: openMonitorUrl(callId, "listen", monitor, why),
  };
}

function isIncomplete(monitor: MonitorFact | null): boolean {
  return (
    !monitor ||
    (!monitor.sealedControlUrl && !monitor.isControlOff) ||
    (!monitor.sealedListenUrl && !monitor.isListenOff)
  );
}

/** Facts read from Vapi, and why some are missing, in a sentence; both null if Vapi has none. */
interface Asked {
  monitor: MonitorFact | null;
  why: string | null;
}

const noKey = "Save Vapi's API key under Settings → Assistants, so that Earshot can request it.";
const noResponse = "Vapi did not respond. Try again.";

/** For all calls of a request together, because a person waits for it. */
const askTimeoutMs = 5_000;
/** Minimum left for a call; with less, Vapi is not asked for it. */
const askLeastMs = 100;
/** Few, because they count towards the account's rate limit. */
const asksAtOnce = 5;

/** Reads calls' monitor URLs from Vapi's API and stores them for the next request. */
async function askVapi(callIds: readonly string[]): Promise<Map<string, Asked>> {
  if (callIds.length === 0) return new Map();
  if (!(await canAskVapi())) return new Map(callIds.map((callId) => [callId, { monitor: null, why: noKey }]));
  const untilMs = Date.now() + askTimeoutMs;
  const asked = await mapAtMost(
    asksAtOnce,
    callIds,
    async (callId) => [callId, await askForCall(callId, untilMs)] as const,
  );
  return new Map(asked);
}

/** @param untilMs epoch ms by which it resolves */
async function askForCall(callId: string, untilMs: number): Promise<Asked> {
  const timeoutMs = untilMs - Date.now();
  if (timeoutMs < askLeastMs) return { monitor: null, why: noResponse };
  try {
    const call = await withDeadline(getVapiCall(callId), timeoutMs);
    const monitor = call && readMonitor({ call });
    if (!monitor) return { monitor: null, why: null };
    return {
      monitor: await saveMonitor(db, callId, seal(callId, monitor, digestOf(callId, monitor))),
      why: null,
    };
  } catch (cause) {
    log("warn", "Vapi could not be asked for a call's monitor URLs", { callId, error: cause });
    return { monitor: null, why: noResponse };
  }
}

const sealedUrls = {
  control: {
    sealed: "sealedControlUrl",
    isOff: "isControlOff",
    off: "Live control is switched off in this assistant's monitor plan.",
  },
  listen: {
    sealed: "sealedListenUrl",
    isOff: "isListenOff",
    off: "Listening is switched off in this assistant's monitor plan.",
  },
} as const;

/** Allowed hosts of monitor URLs; a wildcard, because Vapi's hosts change. OUTGOING_ALLOWED_HOSTS adds others. */
export const monitorHosts = ["*.vapi.ai"] as const;

function openMonitorUrl(
  callId: string,
  name: "control" | "listen",
  monitor: MonitorFact | null,
  why: string | null,
): MonitorUrl {
  const { sealed, isOff, off } = sealedUrls[name];
  const secret = monitor?.[sealed] ?? null;
  // A URL that was sent works, whatever the plan says.
  if (secret === null) return closed(monitor?.[isOff] ? off : whyNone(monitor, why));
  const opened = openSecret(secret, ownerOf(callId, name));
  if (opened === null) return closed("The call's URL was encrypted with another BETTER_AUTH_SECRET.");
  return toMonitorUrl(opened);
}

/** Explains a missing URL. If both are missing, both get the same reason, so the page shows it once. */
function whyNone(monitor: MonitorFact | null, why: string | null): string {
  const missing = (["control", "listen"] as const).filter(
    (name) => !monitor?.[sealedUrls[name].sealed] && !monitor?.[sealedUrls[name].isOff],
  );
  return [`Vapi has sent no ${missing.join(" or ")} URL for this call.`, why].filter(Boolean).join(" ");
}

/** Checks a monitor URL against the rules for outgoing requests. */
export function toMonitorUrl(text: string): MonitorUrl {
  if (!URL.canParse(text)) return closed("The call's URL is not a URL.");
  const url = new URL(text);
  // The rules cover http and https; WebSockets use the same hosts.
  const asHttp = new URL(text.replace(/^ws(?=s?:)/i, "http"));
  try {
    checkUrl(asHttp, monitorHosts);
  } catch (cause) {
    if (!(cause instanceof OutgoingRefused)) throw cause;
    return closed("The call's URL points to a host that is not allowed (OUTGOING_ALLOWED_HOSTS).");
  }
  return { url, reason: null };
}

const closed = (reason: string): MonitorUrl => ({ url: null, reason });

/** Returns what pages receive: whether control and listening are available, and if not, why. */
export function toSupervision({ control, listen }: Supervised, isListeningOn: boolean): Supervision {
  const toAvailability = ({ reason }: MonitorUrl) => ({ available: reason === null, reason });
  const off = { available: false, reason: "Listening is turned off in Settings." };
  return {
    control: toAvailability(control),
    listen: isListeningOn || listen.reason === over ? toAvailability(listen) : off,
  };
}
