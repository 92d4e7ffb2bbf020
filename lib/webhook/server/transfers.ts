import "server-only";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import type { Facts } from "@/db/queries/record/facts";
import { withDeadline } from "@/lib/async";
import { env } from "@/lib/env";
import { postOutside } from "@/lib/http/server/post-outside";
import { log } from "@/lib/log";
import type { Moment, Reply } from "@/lib/webhook/server/define-event";

const text = z.string().min(1).nullish().catch(null);

const destinationSchema = z
  .looseObject({
    number: text,
    extension: text,
    sipUri: text,
    assistantName: text,
    assistantId: text,
    squadId: text,
  })
  .nullish()
  .catch(null);

/** A transfer's destination as one short text: the number, SIP address, assistant or squad, in any of Vapi's shapes. */
export function nameDestination(destination: unknown): string | null {
  const known = destinationSchema.parse(destination);
  if (!known) return null;
  if (known.number) return known.extension ? `${known.number} ext. ${known.extension}` : known.number;
  return known.sipUri ?? known.assistantName ?? known.assistantId ?? known.squadId ?? null;
}

/** Outcome of a request to hang up or forward: PHONE_CONTROL_URL accepted it, did not, or is not set. */
export type ControlOutcome = "passed-on" | "failed" | "not-set";

/** The caller waits on the line for it. */
const deadlineMs = 1_500;

/**
 * Passes a request to hang up or forward on to the server that controls the telephony, signed as Standard Webhooks
 * specifies. Earshot itself does nothing to the call. Never rejects.
 *
 * @param id the same for every delivery of one request, so that the receiver can detect repeats
 */
export async function passOnControl(id: string, data: object): Promise<ControlOutcome> {
  if (!(env.PHONE_CONTROL_URL && env.PHONE_CONTROL_SECRET)) return "not-set";
  const at = new Date();
  const body = JSON.stringify({ type: "phone-call-control", timestamp: at.toISOString(), data });
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(env.PHONE_CONTROL_SECRET).sign(id, at, body),
  };
  try {
    await withDeadline(postOutside(env.PHONE_CONTROL_URL, body, headers), deadlineMs);
    return "passed-on";
  } catch (cause) {
    log("error", "a request to hang up or forward could not be passed on", { id, error: cause });
    return "failed";
  }
}

const replySchema = z.looseObject({ error: z.string().optional(), destination: z.unknown() });

/** Destination of a transfer, or why there is none. */
export function transferAnswerFacts({ at, key }: Moment, reply: Reply | null): Facts {
  const answer = replySchema.safeParse(reply).data;
  return answer?.error === undefined
    ? { marks: [{ key, kind: "transfer-answered", at, detail: nameDestination(answer?.destination) }] }
    : { marks: [{ key, kind: "transfer-refused", at, detail: answer.error }] };
}
