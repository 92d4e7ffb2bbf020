import { performance } from "node:perf_hooks";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database } from "@/db/client";
import { replyBins } from "@/lib/analytics/figures";
import { rollUpFigures } from "@/lib/analytics/server/figures";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { createRandom } from "@/scripts/simulator/random";
import { drawQuestions } from "./archive/draw-questions";
import { fillArchive } from "./archive/fill-archive";
import { type Kind, measureArchive } from "./archive/measure-archive";

interface ArchiveOptions {
  /** Number of calls, one archive after the other. */
  sizes: readonly number[];
  /** Number of different questions of each kind. */
  questions: number;
}

/** Target p95 for each kind of question, in milliseconds. */
const targets: Record<Kind, number> = {
  list: 50,
  "deep page": 50,
  filter: 50,
  count: 50,
  text: 200,
  "text, masked": 200,
  "count of text": 200,
  analytics: 500,
};

/**
 * Measures how long questions to the archive take, and how that grows with the archive. Each question is asked once to
 * warm up and then measured, one at a time, as the pages and the API ask them.
 */
export async function benchArchive({ sizes, questions }: ArchiveOptions, parts: Parts): Promise<void> {
  const server = await startThrowawayPostgres();
  parts.add(server.stop);
  const url = server.urlOf("postgres");
  await applyMigrations(url);
  const client = postgres(url, { max: 6, fetch_types: false, onnotice: () => {} });
  const db: Database = drizzle(client, { casing: "snake_case" });
  // A separate client, because drizzle changes how its own reads and writes JSON and dates.
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  parts.add(() => Promise.all([client.end(), sql.end()]).then(() => undefined));
  const results: Result[] = [];
  for (const size of sizes) {
    const began = performance.now();
    const templates = await fillArchive(sql, size, replyBins, (done) =>
      report(`${done.toLocaleString("en")} calls`),
    );
    await rollUpFigures(db, { quietMs: 0, budgetMs: Number.POSITIVE_INFINITY });
    // As autovacuum would leave it.
    await sql`vacuum analyze`;
    console.log(
      `\n${size.toLocaleString("en")} calls: filled in ${seconds(began)} s, ${await describeSize(sql)}`,
    );
    const drawn = drawQuestions(questions, templates, createRandom("questions"));
    for (const [kind, times] of await measureArchive(db, drawn, report)) results.push({ kind, size, times });
  }
  print(results, sizes);
}

interface Result {
  kind: Kind;
  size: number;
  times: number[];
}

function print(results: readonly Result[], sizes: readonly number[]): void {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const find = (kind: Kind, size: number) =>
    results.find((each) => each.kind === kind && each.size === size)?.times ?? [];
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  console.log();
  console.table(
    Object.fromEntries(
      kinds.map((kind) => [
        kind,
        {
          ...Object.fromEntries(
            sizes.flatMap((size) => [
              [`${size.toLocaleString("en")} p50`, round(percentile(find(kind, size), 0.5))],
              [`${size.toLocaleString("en")} p95`, round(percentile(find(kind, size), 0.95))],
            ]),
          ),
          grows: `${(percentile(find(kind, most), 0.95) / percentile(find(kind, least), 0.95)).toFixed(1)} x`,
          target: targets[kind],
          holds: percentile(find(kind, most), 0.95) <= targets[kind] ? "yes" : "NO",
        },
      ]),
    ),
  );
}

async function describeSize(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ lines: string; bytes: string; documents: string }[]>`
    select (select reltuples::bigint from pg_class where oid = 'lines'::regclass) as lines,
      pg_size_pretty(pg_database_size(current_database())) as bytes,
      pg_size_pretty(pg_total_relation_size('call_documents')) as documents
  `;
  return `${Number(row?.lines).toLocaleString("en")} lines, ${row?.bytes}, of which what is searched ${row?.documents}`;
}

function percentile(times: readonly number[], share: number): number {
  return (
    [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? 0
  );
}

const round = (ms: number) => Number(ms.toFixed(1));
const seconds = (began: number) => Math.round((performance.now() - began) / 1000);

function report(words: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${words}`);
}
