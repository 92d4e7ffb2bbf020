import type postgres from "postgres";
import { placeWords } from "@/db/text-search";
import { describeEndedReason } from "@/lib/calls/ended-reason";
import { maskText } from "@/lib/calls/mask-text";
import { detectLanguage, toCallText } from "@/lib/reports/document";
import { toChunks } from "@/lib/to-chunks";
import { createRandom } from "@/scripts/simulator/random";
import { fillSql } from "./fill-sql";
import { makeTemplates, type Templates } from "./make-templates";

const templateCount = 2_000;
const chunk = 50_000;

/** Frequency of end reasons, out of a hundred calls. */
const reasons = [
  ...Array<string>(58).fill("customer-ended-call"),
  ...Array<string>(18).fill("assistant-ended-call"),
  ...Array<string>(7).fill("assistant-forwarded-call"),
  ...Array<string>(8).fill("silence-timed-out"),
  ...Array<string>(3).fill("exceeded-max-duration"),
  ...Array<string>(3).fill("twilio-failed-to-connect-call"),
  "pipeline-error-openai-llm-failed",
  "assistant-not-found",
  "customer-busy",
];

/** Tables with the most rows. No table references them, so they can be unlogged while they are filled. */
const bulky = ["lines", "reports", "call_documents", "call_figures"] as const;

/**
 * Fills an empty archive with calls of the last year, thirty lines each, by set-based statements that make the rows the
 * handlers, refreshDocuments and deriveFigures would make. Returns the texts that can be searched for.
 */
export async function fillArchive(
  sql: postgres.Sql,
  calls: number,
  replyBins: number,
  onProgress: (done: number) => void,
): Promise<Templates> {
  const templates = makeTemplates(templateCount, createRandom("archive"));
  await sql`truncate calls, conversations, figure_days, figure_rollups cascade`;
  await prepare(sql, templates);
  const indexes = await dropIndexes(sql);
  for (let from = 0; from < calls; from += chunk) {
    const to = Math.min(calls, from + chunk);
    await sql.begin(async (tx) => {
      // Rows are inserted in foreign-key order; checking each key again would take most of the time.
      await tx`set local session_replication_role = replica`;
      await tx`truncate bench_fresh, bench_openings`;
      await tx.unsafe(fillSql.fresh, [from, to, calls, templateCount, reasons.length]);
      await addOpenings(tx);
      await tx`analyze bench_fresh, bench_openings`;
      for (const statement of [
        fillSql.conversations,
        fillSql.calls,
        fillSql.lines,
        fillSql.reports,
        fillSql.documents,
      ]) {
        await tx.unsafe(statement);
      }
      await tx.unsafe(fillSql.figures, [replyBins]);
    });
    onProgress(to);
  }
  for (const { indexdef } of indexes) await sql.unsafe(indexdef);
  await sql`
    insert into figure_days (day, changes)
    select distinct (at at time zone 'UTC')::date, 1 from call_figures on conflict do nothing
  `;
  await sql`vacuum analyze`;
  return templates;
}

async function prepare(sql: postgres.Sql, { all }: Templates): Promise<void> {
  for (const table of bulky) await sql.unsafe(`alter table ${table} set unlogged`);
  await sql`drop table if exists bench_templates, bench_lines, bench_reasons, bench_fresh, bench_openings`;
  await sql.unsafe(fillSql.tables);
  await sql.unsafe(fillSql.freshTable);
  const lines = all.flatMap((template, id) =>
    template.lines.map((line, no) => ({ template: id, no, ...line })),
  );
  await sql`
    insert into bench_lines select * from jsonb_to_recordset(${sql.json(lines)})
    as t(template int, no int, role text, text text)
  `;
  const templates = all.map(({ lines: said }, id) => {
    const summary = `${said[2]?.text} ${said[5]?.text}`;
    const text = toCallText(summary, said);
    const masked = maskText(text);
    return {
      id,
      summary,
      language: detectLanguage(text),
      placed: placeWords(text),
      masked_placed: masked === text ? undefined : placeWords(masked),
    };
  });
  await sql.unsafe(fillSql.templates, [JSON.stringify(templates)]);
  const ended = reasons.map((code, id) => ({ id, code, ended_group: describeEndedReason(code).group }));
  await sql`
    insert into bench_reasons select * from jsonb_to_recordset(${sql.json(ended)}) as t(id int, code text, ended_group text)
  `;
  await sql`create index on bench_lines (template)`;
  await sql`analyze bench_lines, bench_templates, bench_reasons`;
  // A draw from [0, 1) that is the same for the same call and purpose.
  await sql`
    create or replace function bench_draw(i bigint, salt int) returns float8 language sql immutable parallel safe as
    $$ select (hashint8extended(i, salt) & 1073741823)::float8 / 1073741824 $$
  `;
}

/** Adds a text unique to each call. In a third of the calls the caller names an order, which viewers see masked. */
async function addOpenings(tx: postgres.TransactionSql): Promise<void> {
  const fresh = await tx<{ i: string; name: string | null; caller: string }[]>`
    select i, name, caller from bench_fresh order by i
  `;
  const openings = fresh.map(({ i, name, caller }) => {
    const call = Number(i);
    const opening = call % 3 === 0 ? `Order ${((call * 104_729) % 899_999) + 100_000} noted.` : "A new call.";
    // The text has no names, and searching each call for one would take longer than everything else.
    const masked = maskText(opening);
    return {
      i,
      opening,
      placed: placeWords(opening, [name ?? "", caller].join("\n")),
      said: placeWords(opening),
      masked_placed: masked === opening ? undefined : placeWords(masked),
    };
  });
  for (const some of toChunks(openings, 5_000)) await tx.unsafe(fillSql.openings, [JSON.stringify(some)]);
}

/** Drops indexes until the end: faster, and the new ones are as compact as a year's upkeep leaves them. */
async function dropIndexes(sql: postgres.Sql): Promise<{ indexname: string; indexdef: string }[]> {
  const indexes = await sql<{ indexname: string; indexdef: string }[]>`
    select indexname, indexdef from pg_indexes where schemaname = 'public'
    and tablename in ('call_documents', 'call_figures') and indexname not like '%_pkey'
  `;
  for (const { indexname } of indexes) await sql.unsafe(`drop index "${indexname}"`);
  return indexes;
}
