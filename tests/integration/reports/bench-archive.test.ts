import { sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { refreshDocuments } from "@/db/queries/reports/documents";
import { replyBins } from "@/lib/analytics/figures";
import { env } from "@/lib/env";
import { fillArchive } from "@/tests/bench/archive/fill-archive";

const readWords = () =>
  db.execute<{ id: string; language: string; words: string; masked: string | null }>(sql`
    select call_id as id, language, word_rule, words::text, masked_words::text as masked from call_documents order by call_id
  `);

test("benchmark archive: its search words equal those Earshot writes for the same calls", async () => {
  const client = postgres(env.DATABASE_URL, { max: 2, onnotice: () => {} });
  try {
    await fillArchive(client, 300, replyBins, () => {});
  } finally {
    await client.end();
  }
  const filled = await readWords();
  await db.execute(sql`update call_documents set words = '', masked_words = null, language = 'simple'`);
  await refreshDocuments(
    db,
    filled.map(({ id }) => id),
  );
  expect(filled).toHaveLength(300);
  expect([...(await readWords())]).toEqual([...filled]);
  expect(new Set(filled.map(({ masked }) => masked === null))).toEqual(new Set([true, false]));
});
