import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { conversations, conversationVersions } from "@/db/schema/conversations";
import { patchContext, replaceContext, restoreContext } from "@/lib/conversations/server/change";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";

const by = { kind: "person", id: "amy", name: "Amy" } as const;
const tool = { kind: "tool", id: "call_1", name: "update_context" } as const;

async function make(context: Record<string, unknown> = {}) {
  const id = randomUUID();
  await db.insert(conversations).values({ id, context });
  return id;
}

async function read(id: string) {
  const [row] = await db.select().from(conversations).where(eq(conversations.id, id));
  return row;
}

function history(id: string) {
  return db
    .select()
    .from(conversationVersions)
    .where(eq(conversationVersions.conversationId, id))
    .orderBy(asc(conversationVersions.version));
}

/** RFC 7396, appendix A: cases in which document and patch are objects, and those in which the patch is not. */
const rfc: [object, unknown, object | null][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  [{ a: "b" }, ["c"], null],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", null],
];

describe("a patch of a context", () => {
  it.each(rfc)("merges as in RFC 7396: %j and %j", async (before, patch, after) => {
    const id = await make({ ...before });
    const { outcome } = await patchContext(db, { conversationId: id, patch, by });
    expect(outcome).toBe(after === null ? "invalid" : "changed");
    expect((await read(id))?.context).toEqual(after ?? before);
  });

  it("is not lost among twenty concurrent patches of different keys", async () => {
    const id = await make({ kept: true });
    const keys = Array.from({ length: 20 }, (_, n) => `key${n}`);
    const outcomes = await Promise.all(
      keys.map((key, n) => patchContext(db, { conversationId: id, patch: { [key]: n }, by })),
    );
    expect(outcomes.every(({ outcome }) => outcome === "changed")).toBe(true);
    expect(await read(id)).toMatchObject({
      version: 21,
      context: { kept: true, ...Object.fromEntries(keys.map((key, n) => [key, n])) },
    });
    const versions = await history(id);
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
    expect(versions.slice(1).every(({ changed }) => changed.length === 1)).toBe(true);
  });

  it("succeeds for one of eight concurrent writers of the same version, and the others get the current version", async () => {
    const id = await make({ a: 0 });
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        patchContext(db, { conversationId: id, patch: { a: n + 1 }, by, ifVersion: 1 }),
      ),
    );
    const [changed, ...rest] = outcomes.sort((a, b) => (a.outcome < b.outcome ? -1 : 1));
    expect(changed).toMatchObject({ outcome: "changed", version: 2 });
    const now = { outcome: "conflict", version: 2, context: (await read(id))?.context };
    expect(rest).toEqual(Array(7).fill(now));
  });

  it("records who changed what and when, and keeps the first version", async () => {
    const id = await make({ step: 1, customer: { name: "Ana" } });
    await patchContext(db, { conversationId: id, patch: { customer: { name: "Ben" }, step: null }, by });
    await patchContext(db, { conversationId: id, patch: { note: "x" }, by: tool });
    expect(await history(id)).toMatchObject([
      { version: 1, kind: "made", by: { kind: "system" }, context: { step: 1, customer: { name: "Ana" } } },
      {
        version: 2,
        kind: "patched",
        by,
        changed: ["step", "customer.name"],
        context: { customer: { name: "Ben" } },
      },
      { version: 3, kind: "patched", by: tool, changed: ["note"], at: expect.any(Date) },
    ]);
  });

  it("creates no version when it changes nothing", async () => {
    const id = await make({ a: { b: [1] } });
    expect(await patchContext(db, { conversationId: id, patch: { a: { b: [1] }, c: null }, by })).toEqual({
      outcome: "unchanged",
      context: { a: { b: [1] } },
      version: 1,
    });
    expect(await history(id)).toEqual([]);
  });

  it("is rejected and changes nothing if the result would be too large", async () => {
    const id = await make({ a: "x".repeat(40_000) });
    const refused = await patchContext(db, { conversationId: id, patch: { b: "y".repeat(40_000) }, by });
    expect(refused).toEqual({
      outcome: "invalid",
      why: "A context can have up to 64 KB; this one has 79 KB.",
    });
    expect((await read(id))?.version).toBe(1);
  });

  it("for an unknown conversation is rejected unless it may create the conversation", async () => {
    const conversationId = randomUUID();
    const patch = { a: 1 };
    expect(await patchContext(db, { conversationId, patch, by: tool })).toEqual({ outcome: "unknown" });
    expect(await patchContext(db, { conversationId, patch, by: tool, mayMake: true })).toMatchObject({
      outcome: "changed",
      version: 2,
    });
    // The event with the tool call is recorded after its answer, and keeps the context.
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { callId }), { conversation: conversationId });
    expect(await read(conversationId)).toMatchObject({ context: patch, version: 2, lastCallId: callId });
  });

  it("is rolled back with its transaction", async () => {
    const id = await make({});
    const failed = db.transaction(async (tx) => {
      await patchContext(tx, { conversationId: id, patch: { a: 1 }, by });
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await read(id)).toMatchObject({ context: {}, version: 1 });
  });

  it("contexts: a replaced context keeps every JSON value through the database", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), async (value) => {
        const id = await make({});
        const done = await replaceContext(db, { conversationId: id, context: { value }, by });
        if (done.outcome === "invalid") return;
        expect((await read(id))?.context).toEqual(JSON.parse(JSON.stringify({ value })));
      }),
      { numRuns: 40 },
    );
  });
});

describe("an earlier version of a context", () => {
  it("is restored as a new version, and the versions in between are kept", async () => {
    const id = await make({ a: 1 });
    await patchContext(db, { conversationId: id, patch: { a: 2 }, by });
    await replaceContext(db, { conversationId: id, context: { b: 3 }, by });
    const back = await restoreContext(db, { conversationId: id, version: 1, by, ifVersion: 3 });
    expect(back).toEqual({ outcome: "changed", context: { a: 1 }, version: 4 });
    expect((await history(id)).map(({ kind, restored }) => [kind, restored])).toEqual([
      ["made", null],
      ["patched", null],
      ["replaced", null],
      ["restored", 1],
    ]);
  });

  it("cannot be restored if it is not stored or if the context has changed since it was read", async () => {
    const id = await make({});
    await patchContext(db, { conversationId: id, patch: { a: 2 }, by });
    const restore = (version: number, ifVersion: number) =>
      restoreContext(db, { conversationId: id, version, by, ifVersion });
    expect(await restore(9, 2)).toEqual({ outcome: "unknown" });
    expect(await restore(1, 1)).toEqual({ outcome: "conflict", context: { a: 2 }, version: 2 });
  });

  it("is kept until 500 newer versions exist", async () => {
    const id = await make({});
    await db.update(conversations).set({ version: 501 }).where(eq(conversations.id, id));
    await db.insert(conversationVersions).values(
      [1, 2, 501].map((version) => ({
        conversationId: id,
        version,
        context: {},
        kind: "patched" as const,
        by,
        changed: [],
      })),
    );
    await patchContext(db, { conversationId: id, patch: { a: 2 }, by });
    expect((await history(id)).map(({ version }) => version)).toEqual([501, 502]);
    const old = and(eq(conversationVersions.conversationId, id), eq(conversationVersions.version, 2));
    expect(await db.select().from(conversationVersions).where(old)).toEqual([]);
  });
});
