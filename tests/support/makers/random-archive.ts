import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { calls, marks } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { callReviews, reports } from "@/db/schema/reports";
import { catchUpDocuments } from "@/lib/reports/server/documents";
import type { Random } from "@/scripts/simulator/random";

/** A call of the archive as the test made it, for computing expected results. */
export interface ArchivedCall {
  id: string;
  createdAt: Date;
  assistant: string;
  number: string;
  endedReason: string;
  durationSeconds: number;
  costUsd: number;
  evaluation: string | null;
  hangs: number;
  tags: string[];
  score: number | null;
  words: string[];
}

const vocabulary =
  "parcel invoice refund appointment dentist weather kitchen guitar mountain violet river copper".split(" ");
const reasons = [
  "customer-ended-call",
  "silence-timed-out",
  "exceeded-max-duration",
  "twilio-failed-to-connect-call",
  "unknown",
];

/** Adds `count` random calls to the archive. Lengths and costs take few values, so that many are equal. */
export async function fillRandomly(count: number, random: Random): Promise<ArchivedCall[]> {
  const { pick, whole, chance } = random;
  const made = Array.from(
    { length: count },
    (): ArchivedCall =>
      withHangs({
        id: randomUUID(),
        createdAt: new Date(Date.UTC(2026, 2, 20) + whole(0, 20 * 24) * 3_600_000),
        assistant: pick(["Booking line", "Intake", "Support"]),
        number: pick(["+15550100900", "+15550100901"]),
        endedReason: pick(reasons),
        durationSeconds: whole(0, 7) * 30,
        costUsd: whole(0, 4) / 10,
        evaluation: pick(["true", "false", null]),
        hangs: pick([0, 0, 1, 3]),
        tags: ["urgent", "billing"].filter(() => chance(0.3)),
        score: pick([null, null, 1, 3, 5]),
        words: vocabulary.filter(() => chance(0.25)),
      }),
  );
  const conversation = randomUUID();
  await db.insert(conversations).values({ id: conversation });
  await db.insert(calls).values(made.map((each) => toRow(each, conversation)));
  const hangMarks = made.flatMap(toMarks);
  // With only ten calls, occasionally none hangs.
  if (hangMarks.length > 0) await db.insert(marks).values(hangMarks);
  await db.insert(reports).values(made.map(toReport));
  await db.insert(callReviews).values(made.map(({ id, tags, score }) => ({ callId: id, tags, score })));
  await catchUpDocuments(db, Number.POSITIVE_INFINITY);
  return made;
}

/** A call without length has no hangs. */
const withHangs = (call: ArchivedCall): ArchivedCall =>
  call.durationSeconds > 0 ? call : { ...call, hangs: 0 };

function toRow(each: ArchivedCall, conversationId: string): typeof calls.$inferInsert {
  const { id, createdAt, assistant, number, endedReason, durationSeconds, costUsd, hangs } = each;
  return {
    id,
    conversationId,
    status: "ended",
    statusRank: 9,
    type: "inboundPhoneCall",
    assistantId: assistant.toLowerCase(),
    assistantName: assistant,
    phoneNumber: number,
    customerNumber: "+15550107777",
    createdAt,
    startedAt: createdAt,
    endedAt: new Date(createdAt.getTime() + durationSeconds * 1000),
    endedReason,
    costUsd,
    hangs,
    lastEventAt: createdAt,
    version: 3,
  };
}

/** Each hang counts separately because the assistant speaks after it. */
function toMarks({ id, createdAt, hangs }: ArchivedCall): (typeof marks.$inferInsert)[] {
  return Array.from({ length: hangs }, (_, n) => {
    const at = (second: number) => new Date(createdAt.getTime() + (n * 10 + second) * 1000);
    return [
      { callId: id, key: randomUUID(), kind: "hang" as const, at: at(1) },
      {
        callId: id,
        key: randomUUID(),
        kind: "speech-started" as const,
        role: "assistant" as const,
        at: at(3),
      },
      {
        callId: id,
        key: randomUUID(),
        kind: "speech-stopped" as const,
        role: "assistant" as const,
        at: at(5),
      },
    ];
  }).flat();
}

function toReport({ id, createdAt, evaluation, words }: ArchivedCall): typeof reports.$inferInsert {
  const text = `I would like to talk about the ${words.join(" and the ")} with you, please.`;
  return {
    callId: id,
    at: createdAt,
    successEvaluation: evaluation,
    costBreakdown: {},
    messages: [{ role: "user", text, at: createdAt.getTime() }],
  };
}
