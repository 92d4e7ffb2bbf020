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

/** Where a call goes, in one short text: the number, SIP address, assistant or squad of any of Vapi's destinations. */
export function nameDestination(destination: unknown): string | null {
  const known = destinationSchema.parse(destination);
  if (!known) return null;
  if (known.number) return known.extension ? `${known.number} ext. ${known.extension}` : known.number;
  return known.sipUri ?? known.assistantName ?? known.assistantId ?? known.squadId ?? null;
}

/** What came of a request to hang up or forward: PHONE_CONTROL_URL took it, did not, or is not set. */
export type ControlOutcome = "passed-on" | "failed" | "not-set";

/** The caller is on the line meanwhile. */
const deadlineMs = 1_500;

/**
 * Passes a request to hang up or forward on to whoever controls the telephone, signed as Standard Webhooks has it.
 * Earshot itself never touches a call for it. Never rejects.
 *
 * @param id the same for every delivery of one request, so that the other side can tell a repeat
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

/** Where a transfer was sent to, or why to nowhere. */
export function transferAnswerFacts({ at, key }: Moment, reply: Reply | null): Facts {
  const answer = replySchema.safeParse(reply).data;
  return answer?.error === undefined
    ? { marks: [{ key, kind: "transfer-answered", at, detail: nameDestination(answer?.destination) }] }
    : { marks: [{ key, kind: "transfer-refused", at, detail: answer.error }] };
}
