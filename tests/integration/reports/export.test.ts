import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/reports/export/route";
import { db } from "@/db/client";
import { listAudit } from "@/db/queries/audit";
import { getCallDetail } from "@/db/queries/calls/read";
import { refreshDocuments } from "@/db/queries/reports/documents";
import { listReports } from "@/db/queries/reports/list";
import { callFigures } from "@/db/schema/analytics";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { callDocuments, reports } from "@/db/schema/reports";
import { reportQuerySchema } from "@/lib/reports/filter";
import { catchUpDocuments } from "@/lib/reports/server/documents";
import { createRandom } from "@/scripts/simulator/random";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { type ArchivedCall, fillRandomly } from "@/tests/support/makers/random-archive";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

let operator: TestPerson;
let archive: ArchivedCall[];

beforeAll(async () => {
  operator = await signedIn("operator");
});

const ask = (query: string) => GET(send(`/api/reports/export?${query}`, { cookie: operator.cookie }));

describe("an export of reports", () => {
  // Here rather than once per file, because later tests empty the tables.
  beforeAll(async () => {
    archive = await fillRandomly(120, createRandom("export"));
  });

  it("contains exactly the filtered calls, in both formats", async () => {
    const expected = archive
      .filter(({ hangs, tags }) => hangs > 0 && tags.includes("urgent"))
      .map(({ id }) => id);
    const query = "hang=yes&tag=urgent";
    const lines = (await (await ask(`${query}&format=jsonl`)).text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).id).sort()).toEqual(expected.toSorted());
    const [head, ...rows] = (await (await ask(`${query}&format=csv`)).text()).trim().split("\r\n");
    expect(head).toMatch(/^id,createdAt,/);
    expect(rows.map((row) => row.split(",")[0]).sort()).toEqual(expected.toSorted());
  });

  it("counts repeated warnings of one wait as one hang, as the list and the page do", async () => {
    const call = startLiveCall();
    await call.starts("user", 40);
    await call.stops("user", 37);
    await call.hangs(32);
    await call.hangs(27);
    await call.starts("assistant", 25);
    await call.stops("assistant", 23);
    await call.hangs(10);
    await call.ended(9);
    await refreshDocuments(db, [call.callId]);
    const query = reportQuerySchema.parse({ ids: call.callId });
    const listed = (await listReports(db, query, { isMasked: false })).reports;
    const exported = JSON.parse(await (await ask(`ids=${call.callId}&format=jsonl`)).text());
    const detail = await getCallDetail(db, call.callId);
    if (!detail) throw new Error("The call is not known.");
    expect([detail.hangs.length, listed.map((row) => row.call.hangs), exported.hangs]).toEqual([2, [2], 2]);
    // As stored before episodes were counted.
    await db
      .update(callDocuments)
      .set({ hangs: 3, wordRule: 1 })
      .where(eq(callDocuments.callId, call.callId));
    await db.update(callFigures).set({ hung: 0, reason: "old" }).where(eq(callFigures.callId, call.callId));
    await catchUpDocuments(db);
    const [again] = (await listReports(db, query, { isMasked: false })).reports;
    expect(again?.call.hangs).toBe(2);
    const [figures] = await db.select().from(callFigures).where(eq(callFigures.callId, call.callId));
    expect(figures).toMatchObject({ hung: 1, reason: "caller-hung-up-waiting" });
  });

  it("contains the transcript in an extra column, masked for viewers", async () => {
    const callId = randomUUID();
    await deliver(endOfCallReport({ callId }));
    const said = [
      { role: "user" as const, at: Date.UTC(2026, 0, 15, 9), text: "Call me on +1 555 014 2288." },
    ];
    await db.update(reports).set({ messages: said }).where(eq(reports.callId, callId));
    const read = async (response: Response) => JSON.parse(await response.text());
    const { transcript, ...rest } = await read(await ask(`ids=${callId}&format=transcripts`));
    expect(rest).toEqual(await read(await ask(`ids=${callId}&format=jsonl`)));
    expect(transcript).toEqual([
      { ...said[0], at: "2026-01-15T09:00:00.000Z", source: "report", onlyIn: null },
    ]);
    const viewer = await signedIn("viewer");
    const masked = GET(
      send(`/api/reports/export?ids=${callId}&format=transcripts`, { cookie: viewer.cookie }),
    );
    expect((await read(await masked)).transcript[0].text).toBe("Call me on •••88.");

    await db.delete(reports).where(eq(reports.callId, callId));
    await deliver(transcriptFinal("user", "Was anybody listening?", { callId }));
    const heard = await read(await ask(`ids=${callId}&format=transcripts`));
    expect(heard.transcript).toMatchObject([{ role: "user", text: "Was anybody listening?" }]);
  });

  it("contains no formula a spreadsheet would run", async () => {
    const id = archive[0]?.id ?? "";
    const formula = '=HYPERLINK("http://evil.example","x")';
    await db.execute(sql`update ${calls} set customer_name = ${formula} where id = ${id}`);
    const text = await (await ask(`ids=${id}&format=csv`)).text();
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
  });

  it("is in the audit log, without the search text", async () => {
    await (await ask("q=zebulonsky&format=csv")).text();
    const [entry] = await listAudit(db, { action: "reports.exported" }, 1);
    expect(entry).toMatchObject({ actorName: operator.email, detail: { format: "csv", by: "q" } });
  });

  it("is rejected with 422 for an unknown format or an invalid filter", async () => {
    expect((await ask("format=xml")).status).toBe(422);
    expect((await ask("format=csv&minCost=cheap")).status).toBe(422);
  });

  it("is limited to two at a time, and frees its slot and connection when the reader leaves", async () => {
    const [first, second] = await Promise.all([ask("format=csv"), ask("format=csv")]);
    const third = await ask("format=csv");
    expect([first.status, second.status, third.status]).toEqual([200, 200, 429]);
    await first.body?.cancel();
    await second.text();
    const again = await ask("format=csv");
    expect(again.status).toBe(200);
    await again.text();
    await expect
      .poll(async () => {
        const [row] = await db.execute<{ open: number }>(sql`
          select count(*)::int as open from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
        `);
        return row?.open;
      })
      .toBe(0);
  });
});

describe("an export of 200,000 calls", () => {
  const count = 200_000;
  const batch = 2_000;

  // In short transactions: a long one would delay commits that concurrent tests wait to see.
  beforeAll(async () => {
    await db.execute(sql`truncate ${calls} cascade`);
    const conversationId = randomUUID();
    await db.insert(conversations).values({ id: conversationId });
    for (let from = 1; from <= count; from += batch) {
      await db.execute(sql`
        with call as (
          insert into ${calls} (id, conversation_id, status, status_rank, customer_name, customer_number,
            ended_reason, created_at, last_event_at)
          select 'call-' || i, ${conversationId}, 'ended', 9, 'Somebody ' || i, '+1555' || i, 'customer-ended-call',
            now() - i * interval '1 minute', now()
          from generate_series(${from}::int, ${from + batch - 1}::int) i
          returning id, created_at
        )
        insert into ${callDocuments} (call_id, call_version, created_at, assistant, number, duration_seconds, cost_usd,
          hangs, language, words)
        select id, 0, created_at, '', '', 60, 0.1, 0, 'simple', '' from call
      `);
    }
  }, 600_000);

  afterAll(() => db.execute(sql`truncate ${calls} cascade`));

  it("takes less than 200 MB of memory", { timeout: 120_000 }, async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "tests/support/vitest/export-child.ts"],
      { env: process.env },
    );
    const { lines, grownMb } = JSON.parse(stdout);
    expect(lines).toBe(count + 1);
    expect(grownMb).toBeLessThan(200);
    console.info(`200,000 calls exported: the process grew by ${grownMb} MB at most.`);
  });
});
