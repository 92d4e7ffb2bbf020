import type { CallText } from "@/db/queries/reports/read-call-texts";
import type { callDocuments } from "@/db/schema/call-documents";
import type { CallRow } from "@/db/schema/calls";
import { type PlacedWords, placeWords } from "@/db/text-search";
import { toCall } from "@/db/to-call";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import { maskText } from "@/lib/calls/mask";
import { wordRule } from "@/lib/reports/cut-words";
import { detectLanguage, toCallText } from "@/lib/reports/document";
import { toSuccess } from "@/lib/reports/report-parts";

type Columns = Omit<typeof callDocuments.$inferInsert, "words" | "maskedWords" | "tags" | "score">;

/** What the archive finds a call by; Postgres takes the endings off the words. */
export interface NewDocument extends Columns {
  /** Of what was said and of who called. */
  placed: PlacedWords;
  /** Of what viewers see; null where that is the same but for who called. */
  maskedPlaced: PlacedWords | null;
}

/** A call that is over, and what was said on it → its document. */
export function toDocument(row: CallRow, said: CallText): NewDocument {
  const call = toCall(row);
  const { customerName, customerNumber } = call;
  const endCode = toEndCode(call);
  const text = toCallText(said.summary, said.lines);
  const maskedText = maskText(text, [customerName]);
  return {
    callId: row.id,
    callVersion: row.version,
    createdAt: row.createdAt,
    assistant: call.assistantId ?? call.assistantName ?? "",
    assistantName: call.assistantName,
    number: call.phoneNumber ?? "",
    endedGroup: endCode === null ? null : describeEndedReason(endCode).group,
    durationSeconds: call.durationSeconds ?? 0,
    costUsd: call.costUsd ?? 0,
    isSuccess: toSuccess(said.successEvaluation),
    hangs: call.hangs,
    language: detectLanguage(text),
    wordRule,
    placed: placeWords(text, [customerName ?? "", customerNumber ?? ""].join("\n")),
    maskedPlaced: maskedText === text ? null : placeWords(maskedText),
  };
}
