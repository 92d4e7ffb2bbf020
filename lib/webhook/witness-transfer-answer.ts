import { z } from "zod";
import type { Facts } from "@/db/facts";
import type { Moment, Reply } from "@/lib/webhook/define-event";
import { nameDestination } from "@/lib/webhook/name-destination";

const replySchema = z.looseObject({ error: z.string().optional(), destination: z.unknown() });

/** Where a transfer was sent to, or why to nowhere. */
export function witnessTransferAnswer({ at, key }: Moment, reply: Reply | null): Facts {
  const answer = replySchema.safeParse(reply).data;
  return answer?.error === undefined
    ? { marks: [{ key, kind: "transfer-answered", at, detail: nameDestination(answer?.destination) }] }
    : { marks: [{ key, kind: "transfer-refused", at, detail: answer.error }] };
}
