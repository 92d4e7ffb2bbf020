import type { CallText } from "@/db/queries/reports/read-call-texts";
import type { callDocuments } from "@/db/schema/call-documents";
import type { CallRow } from "@/db/schema/calls";
import { toCall } from "@/db/to-call";
import { describeEndedReason } from "@/lib/calls/describe-ended-reason";
import { toEndCode } from "@/lib/calls/ended-waiting";
import { formatPhoneNumber } from "@/lib/calls/format-phone-number";
import { maskText } from "@/lib/calls/mask-text";
import { detectLanguage } from "@/lib/reports/detect-language";
import { toCallText } from "@/lib/reports/to-call-text";
import { toSuccess } from "@/lib/reports/to-success";

type Columns = Omit<typeof callDocuments.$inferInsert, "words" | "maskedWords" | "tags" | "score">;

/** What the archive finds a call by; Postgres makes the words of the texts. */
export interface NewDocument extends Columns {
  text: string;
  /** The text as viewers see it; null where it is the same. */
  maskedText: string | null;
  /** Who called, as people write it: with the number in one piece and in groups. */
  caller: string;
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
    text,
    maskedText: maskedText === text ? null : maskedText,
    caller: [customerName, ...waysToWrite(customerNumber)].filter((words) => words !== null).join(" "),
  };
}

/** A number in one piece, in groups, and as people write it who leave out the country, or the area too. */
function waysToWrite(number: string | null): string[] {
  if (number === null) return [];
  const digits = number.replace(/\D/g, "");
  const short = [10, 7].filter((length) => digits.length > length).map((length) => digits.slice(-length));
  return [number, digits, formatPhoneNumber(number), ...short].map((words) => words.replaceAll("+", " "));
}
