import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { readHangSigns } from "@/db/queries/calls/lines";
import { toCall } from "@/db/queries/calls/rows";
import { type CallText, readCallTexts } from "@/db/queries/reports/export";
import { clearSetAside, isSetAside } from "@/db/queries/set-aside";
import { type CallRow, calls } from "@/db/schema/calls";
import { callDocuments, callReviews } from "@/db/schema/reports";
import { type PlacedWords, placeWords, vectorOf } from "@/db/text-search";
import type { HangSigns } from "@/lib/alerts/episodes";
import { isOver } from "@/lib/calls/call";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import { maskText } from "@/lib/calls/mask-text";
import { wordRule } from "@/lib/reports/cut-words";
import { detectLanguage, toCallText } from "@/lib/reports/document";
import { toSuccess } from "@/lib/reports/success";

/**
 * Ended calls whose document is missing, outdated, or made by older rules. Reads indexes that are nearly empty except after an
 * upgrade.
 */
export async function findUndocumented(db: Pick<Database, "execute">, limit: number): Promise<string[]> {
  const found = await db.execute<{ id: string }>(sql`
    (select id from ${calls}
      where ${calls.status} not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled')
        and ${calls.documentedVersion} is null and not ${isSetAside("archive", calls.id)}
      limit ${limit})
    union all
    (select c.id from ${callDocuments} d join ${calls} c on c.id = d.call_id
      where d.word_rule < ${sql.raw(String(wordRule))} and c.documented_version is not null
        and c.status not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled')
        and not ${isSetAside("archive", sql`c.id`)}
      limit ${limit})
    limit ${limit}
  `);
  return found.map(({ id }) => id);
}

type Columns = Omit<typeof callDocuments.$inferInsert, "words" | "maskedWords" | "tags" | "score">;

/** A call's entry in the archive; Postgres stems the words. */
interface NewDocument extends Columns {
  /** Words of the transcript and of the caller. */
  placed: PlacedWords;
  /** Words that viewers can find; null when they differ only by the caller's. */
  maskedPlaced: PlacedWords | null;
}

/** Builds the document of an ended call from its text and the facts its hangs are derived from. */
function toDocument(row: CallRow, said: CallText, signs: HangSigns): NewDocument {
  const call = toCall(row, signs);
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

/**
 * Saves documents unless one of a later version exists. Tags and score are copied from the review. Safe to repeat and to run
 * concurrently.
 */
async function saveDocuments(
  db: Pick<Database, "transaction">,
  documents: readonly NewDocument[],
): Promise<void> {
  if (documents.length === 0) return;
  // Sorted, so that concurrent writers do not deadlock.
  const rows = [...documents].sort((a, b) => (a.callId < b.callId ? -1 : 1));
  const fresh = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("callId" text, "callVersion" int,
    "createdAt" timestamptz, assistant text, "assistantName" text, number text, "endedGroup" text,
    "durationSeconds" float8, "costUsd" float8, "isSuccess" boolean, hangs int, language text,
    "wordRule" smallint, placed jsonb, "maskedPlaced" jsonb)`;
  const language = sql`n.language`;
  const versions = JSON.stringify(rows.map(({ callId, callVersion }) => ({ callId, callVersion })));
  const stated = sql`jsonb_to_recordset(${versions}::jsonb) as n("callId" text, "callVersion" int)`;
  await db.transaction(async (tx) => {
    // The call may have been deleted since it was read; if it is being reviewed, this waits and then sees the review.
    await tx.execute(sql`
      select c.id from ${calls} c join ${stated} on c.id = n."callId" order by c.id for key share of c
    `);
    await tx.execute(sql`
      insert into ${callDocuments} as d (call_id, call_version, created_at, assistant, assistant_name, number,
        ended_group, duration_seconds, cost_usd, is_success, hangs, language, word_rule, words, masked_words, tags, score)
      select n."callId", n."callVersion", n."createdAt", n.assistant, n."assistantName", n.number,
        n."endedGroup", n."durationSeconds", n."costUsd", n."isSuccess", n.hangs, n.language, n."wordRule",
        ${vectorOf(language, sql`n.placed`)},
        case when jsonb_typeof(n."maskedPlaced") = 'object' then ${vectorOf(language, sql`n."maskedPlaced"`)} end, coalesce(r.tags, '{}'), r.score
      from ${fresh}
      join ${calls} c on c.id = n."callId"
      left join ${callReviews} r on r.call_id = n."callId"
      order by n."callId"
      on conflict (call_id) do update set
        call_version = excluded.call_version, created_at = excluded.created_at, assistant = excluded.assistant,
        assistant_name = excluded.assistant_name, number = excluded.number, ended_group = excluded.ended_group,
        duration_seconds = excluded.duration_seconds, cost_usd = excluded.cost_usd, is_success = excluded.is_success,
        hangs = excluded.hangs, language = excluded.language, word_rule = excluded.word_rule, words = excluded.words,
        masked_words = excluded.masked_words, tags = excluded.tags, score = excluded.score
        where excluded.call_version >= d.call_version
    `);
    await tx.execute(sql`
      update ${calls} c set documented_version = n."callVersion" from ${stated}
      where c.id = n."callId" and c.version = n."callVersion"
        and c.documented_version is distinct from n."callVersion"
    `);
    await clearSetAside(
      tx,
      "archive",
      rows.map(({ callId }) => callId),
    );
  });
}

/** Rebuilds the documents of the ended calls among these. Safe to repeat and to run concurrently. */
export async function refreshDocuments(db: Database, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return;
  // Calls are read first: anything that arrives later makes a newer version, and so a newer document.
  const rows = (
    await db
      .select()
      .from(calls)
      .where(inArray(calls.id, [...callIds]))
  ).filter(({ status }) => isOver(status));
  const [textOf, signsOf] = await Promise.all([
    readCallTexts(
      db,
      rows.map(({ id }) => id),
    ),
    readHangSigns(db, rows),
  ]);
  await saveDocuments(
    db,
    rows.map((row) => toDocument(row, textOf(row.id), signsOf(row.id))),
  );
}
