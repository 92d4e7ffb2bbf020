import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { VapiImport } from "@/lib/imports/server/import";
import { projectFolder } from "@/scripts/local/project-folder";
import type { Sample } from "@/tests/fixtures/samples/sample";
import { samples } from "@/tests/fixtures/samples/samples";
import type { VapiCall } from "@/tests/support/servers/vapi-server";
import { startVapiServer } from "@/tests/support/servers/vapi-server";

const listed: VapiCall[] = [];
const vapi = await startVapiServer(listed);
process.env.VAPI_API_KEY = "private-key";
process.env.VAPI_BASE_URL = vapi.url;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { alerts } = await import("@/db/schema/alerts");
const { callFigures } = await import("@/db/schema/analytics");
const { calls } = await import("@/db/schema/calls");
const { importRuns } = await import("@/db/schema/operations");
const { deleteSubjectCalls } = await import("@/db/queries/privacy/subject");
const { notifications } = await import("@/db/schema/alerts");
const { noticeOpenAlerts } = await import("@/lib/alerts/server/notice");
const { catchUpFigures } = await import("@/lib/analytics/server/figures");
const { importFromVapi } = await import("@/lib/imports/server/import");
const { createImportTally } = await import("@/lib/imports/server/import");
const { importFolder } = await import("@/scripts/importer/import-folder");
const { describeImport } = await import("@/scripts/importer/import-folder");
const { findImportFiles } = await import("@/scripts/importer/import-folder");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { dumpDatabase } = await import("@/tests/support/database/dump-database");
const { makePastCall, makePastCalls } = await import("@/tests/support/makers/past-calls");
const { readFacts } = await import("@/tests/support/database/read-facts");

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "earshot-import-"));
  listed.length = 0;
  vapi.asked.length = 0;
  vapi.troubles.length = 0;
  vapi.holdUntil(null);
  await db.execute(sql`truncate ${calls}, ${importRuns}, events cascade`);
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => vapi.stop());

async function importAll(options: Partial<VapiImport> = {}) {
  const tally = createImportTally();
  const said: string[] = [];
  const resumedAt = await importFromVapi(
    {
      from: null,
      until: null,
      assistantId: null,
      isDryRun: false,
      pageSize: 10,
      everyMs: 0,
      pauseMs: 5,
      say: (line) => said.push(line),
      onPage: () => {},
      ...options,
    },
    tally,
  );
  return { ...tally, said, resumedAt };
}

async function importFiles(files: Record<string, unknown>, isDryRun = false) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  const tally = createImportTally();
  const said: string[] = [];
  const options = { isDryRun, say: (line: string) => said.push(line), onBatch: () => {} };
  await importFolder(folder, findImportFiles(folder), options, tally);
  return { ...tally, said };
}

const countCalls = () => db.$count(calls);

describe("an import from Vapi", () => {
  test("imports every call once, including calls of the same millisecond at a page boundary", async () => {
    listed.push(...makePastCalls(33));
    const same = listed[9]?.createdAt ?? "";
    for (const index of [8, 10, 11]) Object.assign(listed[index] ?? {}, { createdAt: same });
    expect(await importAll()).toMatchObject({ imported: 33, known: 0, failed: 0, crowded: new Map() });
    expect(await countCalls()).toBe(33);
    expect(await db.$count(callFigures)).toBe(33);
  });

  test("skips past a full page of calls from one millisecond, and says where calls may be missing", async () => {
    listed.push(...makePastCalls(4));
    const crowd = makePastCalls(12, "2026-05-01T00:00:00.000Z").map((call) => ({
      ...call,
      createdAt: "2026-05-01T00:00:00.000Z",
    }));
    listed.push(...crowd, ...makePastCalls(3, "2026-04-01T00:00:00.000Z"));
    const tally = await importAll();
    expect([...tally.crowded]).toEqual([["2026-05-01T00:00:00.000Z", 10]]);
    expect(describeImport(tally, false)).toContain("10 calls were created at 2026-05-01T00:00:00.000Z");
    expect(vapi.asked.length).toBeLessThan(8);
    expect(await countCalls()).toBeGreaterThanOrEqual(4 + 10 + 3);
  });

  test("requests the given days and assistant, with the API key", async () => {
    listed.push(makePastCall("2026-05-01T00:00:00.000Z", { assistantId: "a" }).call);
    listed.push(makePastCall("2026-05-02T23:59:59.999Z", { assistantId: "a" }).call);
    listed.push(makePastCall("2026-05-02T12:00:00.000Z", { assistantId: "b" }).call);
    listed.push(makePastCall("2026-05-03T00:00:00.000Z", { assistantId: "a" }).call);
    const asked = { from: new Date("2026-05-01"), until: new Date("2026-05-03"), assistantId: "a" };
    expect(await importAll(asked)).toMatchObject({ imported: 2 });
  });

  test("changes nothing on a dry run or when repeated", async () => {
    listed.push(...makePastCalls(12));
    expect(await importAll({ isDryRun: true })).toMatchObject({ imported: 12 });
    expect(await countCalls()).toBe(0);
    await importAll();
    const before = await dumpDatabase();
    expect(await importAll()).toMatchObject({ imported: 0, known: 12 });
    // Apart from the time of the run.
    const withoutRun = (dump: string) => dump.replace(/^\("\[null,null,null\]".*$/m, "");
    expect(withoutRun(await dumpDatabase())).toBe(withoutRun(before));
  });

  test("waits as long as Vapi asks when rate-limited, and survives errors and dropped connections", async () => {
    listed.push(...makePastCalls(25));
    vapi.troubles.push({ status: 429, headers: { "retry-after": "1" } }, { status: 500 }, "drop", {
      status: 503,
    });
    const begun = Date.now();
    const { imported, said } = await importAll();
    expect(imported).toBe(25);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(1_000);
    expect(said).toHaveLength(4);
    expect(said[0]).toBe("Vapi is rate limiting (429): trying again in 1 s.");
  });

  test("stops at once when the API key is rejected", async () => {
    vapi.troubles.push({ status: 401 });
    await expect(importAll()).rejects.toMatchObject({ statusCode: 401 });
    expect(vapi.asked).toHaveLength(1);
  });

  test("resumes where it stopped after an interruption", async () => {
    listed.push(...makePastCalls(35));
    const cutAfterTwo = () => {
      if (vapi.asked.length === 2) vapi.troubles.push({ status: 401 });
    };
    await expect(importAll({ onPage: cutAfterTwo })).rejects.toThrow();
    expect(await countCalls()).toBe(19);
    vapi.asked.length = 0;
    const { resumedAt, imported } = await importAll();
    expect(resumedAt?.toISOString()).toBe(listed[18]?.createdAt);
    expect(imported).toBe(16);
    expect(vapi.asked).toHaveLength(2);
    expect((await importAll()).resumedAt).toBeNull();
  });

  test("stops when the database fails, and counts as failed only calls that fail because of their content", async () => {
    listed.push(...makePastCalls(3));
    await db.execute(sql`
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.call_id = ${sql.raw(`'${listed[1]?.id}'`)} then raise exception using errcode = tg_argv[0]; end if;
        return new;
      end $$`);
    const refuseWith = (code: string) =>
      db.execute(sql`create or replace trigger refuse before insert on ${callFigures}
        for each row execute function refuse(${sql.raw(`'${code}'`)})`);
    try {
      await refuseWith("53100");
      await expect(importAll()).rejects.toThrow();
      expect(await countCalls()).toBe(2);
      await db.execute(sql`truncate ${calls}, events cascade`);
      await refuseWith("22001");
      const { imported, failed, said } = await importAll();
      expect({ imported, failed }).toEqual({ imported: 2, failed: 1 });
      expect(said).toEqual([expect.stringContaining("(22001)")]);
    } finally {
      await db.execute(sql`drop function refuse cascade`);
    }
  });

  test("does not bring back deleted calls", async () => {
    listed.push(...makePastCalls(2));
    await importAll();
    await deleteSubjectCalls(db, { kind: "calls", ids: [listed[0]?.id ?? fail()] });
    const { imported, known, deleted } = await importAll();
    expect({ imported, known, deleted }).toEqual({ imported: 0, known: 1, deleted: 1 });
    expect(await countCalls()).toBe(1);
  });

  test("leaves live calls to the webhook, and says why others failed", async () => {
    const [going, broken] = makePastCalls(2);
    listed.push({ ...(going ?? fail()), status: "in-progress" }, { ...(broken ?? fail()), id: "\u0000" });
    const { goingOn, failed, said } = await importAll();
    expect({ goingOn, failed }).toEqual({ goingOn: 1, failed: 1 });
    expect(said).toHaveLength(1);
    expect(await countCalls()).toBe(0);
  });
});

describe("an imported call", () => {
  test("equals a call recorded live, whether from Vapi's API or from a report in a folder", async () => {
    const { body, call } = makePastCall("2026-05-01T08:00:00.000Z");
    await deliver(body);
    const watched = await readFacts(call.id);
    const figures = await db.select().from(callFigures);
    // There is no speech to measure; the report gives both response times.
    expect(figures).toMatchObject([{ calls: 1, measured: 0 }]);
    expect(figures[0]?.replies.reduce((sum, count) => sum + count, 0)).toBe(2);

    await db.execute(sql`truncate ${calls}, events cascade`);
    await importFiles({ "report.json": body });
    expect(await readFacts(call.id)).toEqual(watched);
    expect(await db.select().from(callFigures)).toEqual(figures);

    await db.execute(sql`truncate ${calls}, events cascade`);
    listed.push(call);
    await importAll();
    const fromApi = await readFacts(call.id);
    // It is stamped with its end, because the API gives no other time; all other facts are the same.
    const comparable = ({ call: [row], report: [report], lines, toolCalls }: typeof watched) => ({
      ...row,
      lastEventAt: null,
      statusRank: null,
      endedReasonRank: null,
      costRank: null,
      originRank: null,
      customerRank: null,
      customerNameRank: null,
      phoneNumberRank: null,
      assistantRank: null,
      assistantNameRank: null,
      assistantVersionRank: null,
      report: { ...report, at: null },
      lines,
      toolCalls,
    });
    expect(comparable(fromApi)).toEqual(comparable(watched));
  });

  test("recorded live without a report gets its report", async () => {
    const { body, call } = makePastCall("2026-05-01T08:00:00.000Z");
    const conversation = "6f1c2f5e-0c1b-4d6a-9d3f-2b8f1f0a7c11";
    const status = {
      ...body.message,
      type: "status-update",
      status: "in-progress",
      timestamp: Date.parse(call.createdAt),
    };
    await deliver({ message: status }, { conversation });
    expect(await importFiles({ "report.json": body })).toMatchObject({ imported: 1 });
    const [row] = await db.select().from(calls);
    expect(row).toMatchObject({ conversationId: conversation, status: "ended" });
  });

  test("raises no alert and notifies no channel, then or later", async () => {
    listed.push(...makePastCalls(5));
    await importAll();
    await noticeOpenAlerts(db);
    expect(await db.$count(alerts)).toBe(0);
    expect(await db.$count(notifications)).toBe(0);
  });
});

describe("an import from a folder", () => {
  test("reads reports and calls from files, lists and lines in subfolders, and names those it cannot read", async () => {
    const [one, two, three, four, five] = ["01", "02", "03", "04", "05"].map((day) =>
      makePastCall(`2026-05-${day}T08:00:00.000Z`),
    );
    const result = await importFiles({
      "a.json": one?.body,
      "b/calls.json": [two?.call, three?.call],
      "b/lines.jsonl": `${JSON.stringify(four?.body.message)}\n\n${JSON.stringify(five?.call)}\nno json\n`,
      "hang.json": { message: { type: "hang", call: { id: "x" } } },
      "readme.txt": "nothing",
    });
    expect(result).toMatchObject({ imported: 5, failed: 2 });
    expect(result.said.sort()).toEqual([
      "b/lines.jsonl:4 is neither a report nor a call.",
      'hang.json is not a report but "hang".',
    ]);
    expect(await importFiles({})).toMatchObject({ imported: 0, known: 5, failed: 2 });
  });
});

const recorded = join(projectFolder, "../shared/vapi/recorded");

describe("reports of every known shape", () => {
  /** Samples share call IDs, so each gets its own. */
  const ofOwnCall = ({ message, ...body }: Sample["body"]) => {
    const id = Reflect.get(Object(message.call), "id");
    return {
      ...body,
      message: { ...message, ...(id && { call: { ...Object(message.call), id: randomUUID() } }) },
    };
  };
  const isReport = ({ body }: Sample) => body.message.type === "end-of-call-report";

  test.each([
    [
      "our own samples",
      () => {
        for (const { name, body } of samples.filter(isReport)) {
          const file = `end-of-call-report--${name.replace(/\W+/g, "-")}.json`;
          writeFileSync(join(folder, file), JSON.stringify(ofOwnCall(body)));
        }
        return folder;
      },
    ],
    ...(existsSync(recorded) ? [["the recorded ones", () => recorded] as const] : []),
  ] as const)("%s are imported once each if they have a call ID", async (_, place) => {
    const from = place();
    const files = findImportFiles(from).filter((file) => /end-of-call-report[^/.]*\.json$/.test(file));
    const options = { isDryRun: false, say: () => {}, onBatch: () => {} };
    const tally = createImportTally();
    await importFolder(from, files, options, tally);
    expect(tally.imported).toBeGreaterThan(3);
    expect([...tally.reasons.keys()]).toEqual(["is a report without a call ID"]);
    expect(await countCalls()).toBe(tally.imported);
    expect(await db.$count(callFigures)).toBe(tally.imported);
    const again = createImportTally();
    await importFolder(from, files, options, again);
    expect(again).toMatchObject({ imported: 0, known: tally.imported + tally.known });
  });
});

describe("npm run import", () => {
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/import.ts"];
  const start = (more: string[]) => {
    const child = spawn(process.execPath, [...args, ...more], {
      cwd: projectFolder,
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    const out: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => out.push(String(data)));
    return { child, out };
  };

  // Two child processes, each as slow as its rate and the machine.
  test("imports every call and reports the totals when killed midway and run again", {
    timeout: 120_000,
  }, async () => {
    listed.push(...makePastCalls(120));
    let release = () => {};
    const first = start(["--rate", "50"]);
    // Kills the import part-way through the list.
    await expect.poll(() => vapi.asked.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
    await expect.poll(countCalls, { timeout: 20_000 }).toBeGreaterThan(20);
    vapi.holdUntil(new Promise<void>((resolve) => (release = resolve)));
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    const kept = await countCalls();
    expect(kept).toBeLessThan(120);
    vapi.holdUntil(null);
    release();
    const second = start(["--rate", "50"]);
    const [code] = await once(second.child, "exit");
    expect(second.out.join("")).toMatch(/Imported: \d+/);
    expect(code).toBe(0);
    expect(await countCalls()).toBe(120);
    // A call may have been stored but not counted when the import was killed; the tick catches up.
    await catchUpFigures(db);
    expect(await db.$count(callFigures)).toBe(120);
  });

  test("explains its usage and names wrong options", async () => {
    const help = start(["--help"]);
    expect(await once(help.child, "exit")).toEqual([0, null]);
    expect(help.out.join("")).toContain("npm run import --");
    const wrong = start(["--from", "yesterday"]);
    expect(await once(wrong.child, "exit")).toEqual([1, null]);
    expect(wrong.out.join("")).toContain("--from must be a day like 2026-08-31");
  });
});

function fail(): never {
  throw new Error("the test has no such call");
}
