import "server-only";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { ControlOutcome } from "@/lib/control/action";
import type { ControlRequest } from "@/lib/control/control";
import { monitorHosts } from "@/lib/control/server/monitor";
import type { Destination } from "@/lib/directory/directory";
import { env } from "@/lib/env";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { log } from "@/lib/log";

/** Documented by Vapi ("Live Call Control", "Handoff Call"), but missing in its schema of inbound messages. */
interface Handoff {
  type: "handoff";
  destination: { type: "assistant"; assistantId: string };
}

/** The body of a request to a control URL. */
export type ControlMessage = Vapi.ClientInboundMessageMessage | Handoff;

/** Builds a transfer; `content` is spoken to the caller before it. */
export function toTransferMessage(destination: Destination, content: string | null): ControlMessage {
  return { type: "transfer", destination, ...(content !== null && { content }) };
}

/** Builds every message but a transfer, whose destination has to be looked up. */
export function toControlMessage(request: Exclude<ControlRequest, { action: "transfer" }>): ControlMessage {
  switch (request.action) {
    case "say":
      return {
        type: "say",
        content: request.text,
        endCallAfterSpoken: request.endCallAfter,
        interruptAssistantEnabled: request.interrupt,
      };
    case "whisper":
      return {
        type: "add-message",
        message: { role: "system", content: request.text },
        triggerResponseEnabled: request.respond,
      };
    case "mute":
    case "unmute":
      return { type: "control", control: `${request.action}-${request.who}` };
    case "handoff":
      return { type: "handoff", destination: { type: "assistant", assistantId: request.assistantId } };
    case "end":
      return request.say === undefined
        ? { type: "end-call" }
        : { type: "say", content: request.say, endCallAfterSpoken: true, interruptAssistantEnabled: true };
  }
}

/** The result of sending a message to a live call. */
export interface Sent {
  outcome: Exclude<ControlOutcome, "pending">;
  /** The HTTP status of our own answer. */
  status: 200 | 502 | 504;
  detail: string;
  /** Our own rules forbid the host: nothing was sent. */
  isForbidden?: true;
}

const timeoutMs = 8_000;

/** Errors before a connection was made: nothing has left this process. */
const unconnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Authenticates Earshot to calls with protected monitor URLs; others need nothing. */
export function monitorHeaders(): Record<string, string> {
  return env.VAPI_PUBLIC_KEY ? { authorization: `Bearer ${env.VAPI_PUBLIC_KEY}` } : {};
}

/** Sends one message to a live call. Never throws: a failure is part of the result. */
export async function sendControl(
  controlUrl: URL,
  message: ControlMessage,
  signal?: AbortSignal,
): Promise<Sent> {
  try {
    const response = await guardedFetch(controlUrl, {
      method: "POST",
      headers: { "content-type": "application/json", ...monitorHeaders() },
      body: JSON.stringify(message),
      hosts: monitorHosts,
      maxRedirects: 0,
      maxBytes: 64 * 1024,
      timeoutMs,
      signal,
    });
    await response.body?.cancel();
    return response.ok ? { outcome: "done", status: 200, detail: "Done." } : describeRefusal(response.status);
  } catch (cause) {
    return describeFailure(cause);
  }
}

const hints: Readonly<Record<number, string>> = {
  401: " Live control is protected: set VAPI_PUBLIC_KEY.",
  403: " Live control is protected: set VAPI_PUBLIC_KEY.",
  404: " It no longer knows this call: it may be over.",
  410: " It no longer knows this call: it may be over.",
};

function describeRefusal(status: number): Sent {
  const detail = `Vapi answered ${status}. Nothing was done.${hints[status] ?? ""}`;
  return { outcome: "failed", status: 502, detail };
}

function describeFailure(cause: unknown): Sent {
  if (cause instanceof OutgoingRefused) {
    const detail =
      "The call's control URL points to a host that is not allowed (OUTGOING_ALLOWED_HOSTS). Nothing was sent.";
    return { outcome: "failed", status: 502, detail, isForbidden: true };
  }
  log("warn", "a live call's control URL did not respond", { error: cause });
  if (cause instanceof Error && unconnected.has(String(Reflect.get(cause, "code")))) {
    return { outcome: "failed", status: 502, detail: "Vapi could not be reached. Nothing was sent." };
  }
  const isLate = cause instanceof Error && (cause.name === "TimeoutError" || cause.name === "AbortError");
  const what = isLate ? "Vapi did not respond in time." : "The connection to Vapi was lost.";
  return {
    outcome: "unknown",
    status: isLate ? 504 : 502,
    detail: `${what} It may or may not have happened.`,
  };
}
