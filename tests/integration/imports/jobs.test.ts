import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { startVapiServer, type VapiCall } from "@/tests/support/servers/vapi-server";

const listed: VapiCall[] = [];
const vapi = await startVapiServer(listed);
process.env.VAPI_API_KEY = "private-key";
process.env.VAPI_BASE_URL = vapi.url;

// Imported after the environment is set, because modules read it when loaded.
const importsRoute = await import("@/app/api/imports/route");
const importRoute = await import("@/app/api/imports/[importId]/route");
const { db } = await import("@/db/client");
const { listAudit } = await import("@/db/queries/audit");
const { calls } = await import("@/db/schema/calls");
const { importJobs } = await import("@/db/schema/reconciliation");
const { importStateSchema } = await import("@/lib/imports/job");
const { runImports } = await import("@/lib/imports/server/jobs");
const { makePastCalls } = await import("@/tests/support/makers/past-calls");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const { cookie } = await signedIn("admin");
const days = { from: "2026-05-31", to: "2026-05-31" };

beforeEach(async () => {
  listed.length = 0;
  vapi.asked.length = 0;
  vapi.troubles.length = 0;
  vapi.holdUntil(null);
  await db.execute(sql`truncate ${calls}, ${importJobs}, events cascade`);
});
afterAll(() => vapi.stop());

const start = (json: unknown = days) =>
  importsRoute.POST(send("/api/imports", { method: "POST", cookie, json }));
const read = async () => {
  const { jobs } = importStateSchema.parse(
    await (await importsRoute.GET(send("/api/imports", { cookie }))).json(),
  );
  return jobs;
};
const change = async (state: string, importId?: string) => {
  const id = importId ?? (await read())[0]?.id ?? "";
  const request = send(`/api/imports/${id}`, { method: "PATCH", cookie, json: { state } });
  return importRoute.PATCH(request, { params: Promise.resolve({ importId: id }) });
};

/** Ten calls per page, with unlimited time. */
const pace = { pageSize: 10, everyMs: 0, budgetMs: Number.POSITIVE_INFINITY };
const onePage = { ...pace, budgetMs: -1 };

describe("an import in the browser", () => {
  test("imports the calls of its days page by page and shows its progress", async () => {
    listed.push(...makePastCalls(25), ...makePastCalls(1, "2026-05-29T12:00:00.000Z"));
    expect((await start()).status).toBe(201);
    expect(await read()).toMatchObject([
      { state: "running", done: 0, total: null, share: 0, isEstimate: true },
    ]);
    await runImports(db, onePage);
    const [half] = await read();
    expect(half).toMatchObject({ state: "running", imported: 10, done: 10 });
    expect(half?.total).toBeGreaterThanOrEqual(10);
    await runImports(db, pace);
    expect(await read()).toMatchObject([
      { state: "done", imported: 25, known: 0, failed: 0, done: 25, total: 25, share: 1, isEstimate: false },
    ]);
    expect(await db.$count(calls)).toBe(25);
  });

  test("fetches no page while paused, and resumes without counting a call twice", async () => {
    listed.push(...makePastCalls(25));
    await start();
    await runImports(db, onePage);
    expect((await change("paused")).status).toBe(200);
    await runImports(db, pace);
    expect(await read()).toMatchObject([{ state: "paused", done: 10 }]);
    expect(vapi.asked).toHaveLength(1);
    await change("running");
    await runImports(db, pace);
    expect(await read()).toMatchObject([{ state: "done", imported: 25, known: 0, done: 25 }]);
  });

  test("keeps its counts when paused while a page is fetched, and fetches that page again", async () => {
    listed.push(...makePastCalls(15));
    await start();
    let release = () => {};
    vapi.holdUntil(new Promise<void>((resolve) => (release = resolve)));
    const running = runImports(db, pace);
    await expect.poll(() => vapi.asked.length).toBe(1);
    await change("paused");
    release();
    vapi.holdUntil(null);
    await running;
    expect(await read()).toMatchObject([{ state: "paused", done: 0 }]);
    await change("running");
    await runImports(db, pace);
    expect(await read()).toMatchObject([{ state: "done", imported: 5, known: 10, done: 15 }]);
    expect(await db.$count(calls)).toBe(15);
  });

  test("is run by only one runner at a time", async () => {
    listed.push(...makePastCalls(25));
    await start();
    let release = () => {};
    vapi.holdUntil(new Promise<void>((resolve) => (release = resolve)));
    let left = 0;
    const all = [1, 2, 3].map(() => runImports(db, pace).then(() => (left += 1)));
    await expect.poll(() => left).toBe(2);
    release();
    vapi.holdUntil(null);
    await Promise.all(all);
    expect(vapi.asked).toHaveLength(3);
    expect(await read()).toMatchObject([{ state: "done", imported: 25, known: 0 }]);
  });

  test("is continued by another runner once the first one's lease has expired", async () => {
    listed.push(...makePastCalls(25));
    await start();
    await runImports(db, onePage);
    // As left by a process that was killed in the middle of a page.
    await db.update(importJobs).set({ leasedUntil: sql`now() + interval '1 minute'` });
    await runImports(db, pace);
    expect(vapi.asked).toHaveLength(1);
    await db.update(importJobs).set({ leasedUntil: sql`now() - interval '1 second'` });
    await runImports(db, pace);
    expect(await read()).toMatchObject([{ state: "done", imported: 25, known: 0 }]);
  });

  test("waits as long as Vapi asks, and fails when the API key is rejected", async () => {
    listed.push(...makePastCalls(5));
    await start();
    vapi.troubles.push({ status: 429, headers: { "retry-after": "30" } });
    await runImports(db, pace);
    await runImports(db, pace);
    expect(vapi.asked).toHaveLength(1);
    expect(await read()).toMatchObject([
      { state: "running", error: "Vapi's rate limit is reached. Earshot retries automatically." },
    ]);
    await db.update(importJobs).set({ retryAt: sql`now() - interval '1 second'` });
    vapi.troubles.push({ status: 401 });
    await runImports(db, pace);
    expect(await read()).toMatchObject([
      { state: "failed", error: "Vapi rejects the API key. Save the private key of your organisation." },
    ]);
  });

  test("blocks other imports until it is canceled, and each step is in the audit log", async () => {
    await start();
    expect((await start()).status).toBe(409);
    expect((await change("cancelled")).status).toBe(200);
    expect((await change("running")).status).toBe(409);
    expect((await start()).status).toBe(201);
    expect((await start({ from: "2026-06-02", to: "2026-06-01" })).status).toBe(422);
    expect((await change("paused", "6f1c2f5e-0c1b-4d6a-9d3f-2b8f1f0a7c11")).status).toBe(404);
    expect((await read()).map(({ state }) => state)).toEqual(["running", "cancelled"]);
    const entries = await listAudit(db, {}, 3);
    expect(entries.map(({ action }) => action)).toEqual([
      "import.started",
      "import.cancelled",
      "import.started",
    ]);
  });
});
