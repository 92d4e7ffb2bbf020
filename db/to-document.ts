import type { CallText } from "@/db/queries/reports/read-call-texts";
import type { callDocuments } from "@/db/schema/call-documents";
import type { CallRow } from "@/db/schema/calls";
import { type PlacedWords, placeWords } from "@/db/text-search";
import { toCall } from "@/db/to-call";
import { describeEndedReason } from "@/lib/calls/describe-ended-reason";
import { toEndCode } from "@/lib/calls/ended-waiting";
import type { Mark } from "@/lib/calls/mark";
import { maskText } from "@/lib/calls/mask-text";
import { toHangEpisodes } from "@/lib/calls/to-hang-episodes";
import { toTurns } from "@/lib/calls/to-turns";
import { whenEnded } from "@/lib/calls/when-ended";
import { wordRule } from "@/lib/reports/cut-words";
import { detectLanguage } from "@/lib/reports/detect-language";
import { toCallText } from "@/lib/reports/to-call-text";
import { toSuccess } from "@/lib/reports/to-success";

type Columns = Omit<typeof callDocuments.$inferInsert, "words" | "maskedWords" | "tags" | "score">;

/** What the archive finds a call by; Postgres takes the endings off the words. */
export interface NewDocument extends Columns {
  /** Of what was said and of who called. */
  placed: PlacedWords;
  /** Of what viewers see; null where that is the same but for who called. */
  maskedPlaced: PlacedWords | null;
}

/** A call that is over, what was said on it, and its marks if Vapi warned of a hang → its document. */
export function toDocument(row: CallRow, said: CallText, marks: readonly Mark[]): NewDocument {
  const call = toCall(row);
  const endedAt = whenEnded(call);
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
    hangs: toHangEpisodes(marks, toTurns(marks, endedAt), endedAt, call.startedAt).length,
    language: detectLanguage(text),
    wordRule,
    placed: placeWords(text, [customerName ?? "", customerNumber ?? ""].join("\n")),
    maskedPlaced: maskedText === text ? null : placeWords(maskedText),
  };
}
