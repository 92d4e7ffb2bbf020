import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { clearSetAside } from "@/db/queries/set-aside/set-aside";
import { callDocuments } from "@/db/schema/call-documents";
import { callReviews } from "@/db/schema/call-reviews";
import { calls } from "@/db/schema/calls";
import { vectorOf } from "@/db/text-search";
import type { NewDocument } from "@/db/to-document";

/**
 * Keeps documents, unless one of a later version of its call is there. Tags and score are those people gave. Safe to
 * repeat, and to run at once with others.
 */
export async function saveDocuments(
  db: Pick<Database, "transaction">,
  documents: readonly NewDocument[],
): Promise<void> {
  if (documents.length === 0) return;
  // In one order, so that two who keep the same ones wait for each other and not in a circle.
  const rows = [...documents].sort((a, b) => (a.callId < b.callId ? -1 : 1));
  const fresh = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n("callId" text, "callVersion" int,
    "createdAt" timestamptz, assistant text, "assistantName" text, number text, "endedGroup" text,
    "durationSeconds" float8, "costUsd" float8, "isSuccess" boolean, hangs int, language text,
    "wordRule" smallint, placed jsonb, "maskedPlaced" jsonb)`;
  const language = sql`n.language`;
  const versions = JSON.stringify(rows.map(({ callId, callVersion }) => ({ callId, callVersion })));
  const stated = sql`jsonb_to_recordset(${versions}::jsonb) as n("callId" text, "callVersion" int)`;
  await db.transaction(async (tx) => {
    // A call may have been deleted since it was read; one that is being reviewed is waited for, and then seen so.
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
