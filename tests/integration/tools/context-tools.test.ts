import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { conversations, conversationVersions } from "@/db/schema/conversations";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { askTool } from "@/tests/support/deliveries/ask-tools";
import { deliver } from "@/tests/support/deliveries/deliver";

const contextOf = async (id: string) =>
  (await db.select().from(conversations).where(eq(conversations.id, id)))[0]?.context;

describe("tools: the context", () => {
  test("is written by one tool and read by another, even in a conversation's first event", async () => {
    // Without a UUID in the URL, a call is its own conversation.
    const callId = randomUUID();
    const changes = { plan: "gold", address: { city: "Ghent" }, insured: true };
    expect(await askTool("lookup_context", {}, { callId, id: "call_a" })).toBe("Nothing is known yet.");
    expect(await askTool("update_context", { changes }, { callId, id: "call_b" })).toBe(
      "Saved: plan: gold; address: (city: Ghent); insured: yes.",
    );
    expect(await askTool("lookup_context", { field: "address.city" }, { callId, id: "call_c" })).toBe(
      "Ghent",
    );
    expect(await askTool("lookup_context", { field: "constructor.name" }, { callId, id: "call_d" })).toBe(
      "constructor.name is not known.",
    );
    expect(await contextOf(callId)).toEqual(changes);
  });

  test("is changed once by a repeated tool call, and its history names the tool", async () => {
    const callId = randomUUID();
    const note = (id: string, changes: object) => askTool("update_context", { changes }, { callId, id });
    await note("call_a", { step: "one" });
    await note("call_b", { step: "two" });
    expect(await note("call_a", { step: "one" })).toBe("Saved: step: one.");
    expect(await contextOf(callId)).toEqual({ step: "two" });
    const versions = await db
      .select()
      .from(conversationVersions)
      .where(eq(conversationVersions.conversationId, callId));
    expect(versions.map(({ by }) => by)).toContainEqual({
      kind: "tool",
      id: "call_b",
      name: "update_context",
    });
  });

  test("keeps every key when twenty tool calls write at once", async () => {
    const callId = randomUUID();
    const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
    await Promise.all(
      keys.map((key) => askTool("update_context", { changes: { [key]: key } }, { callId, id: key })),
    );
    expect(await contextOf(callId)).toEqual(Object.fromEntries(keys.map((key) => [key, key])));
  });

  test("rejects invalid changes with an error", async () => {
    const callId = randomUUID();
    const changes = { "": "a\u0000b" };
    expect(await askTool("update_context", { changes }, { callId })).toMatch(/^error: /);
    expect(await contextOf(callId)).toEqual({});
  });
});

describe("find_caller", () => {
  const number = "+15550100147";
  test("describes earlier calls of the caller's own number in one line", async () => {
    const caller = { customerNumber: number, customerName: "Maya Okafor" };
    expect(await askTool("find_caller", {}, { ...caller, callId: randomUUID() })).toBe(
      "This is the first call from this number.",
    );
    const analysis = { summary: "She moved her appointment\nto Thursday." };
    await deliver(endOfCallReport({ ...caller, callId: randomUUID(), with: { analysis } }));
    // The current call is already stored, as any call is once it rings, but does not count as an earlier one.
    const callId = randomUUID();
    await deliver(statusUpdate("in-progress", { ...caller, callId }));
    const said = await askTool("find_caller", {}, { ...caller, callId });
    expect(said).toMatch(/^This number has called 2 times before\. /);
    expect(said).toContain("She moved her appointment to Thursday.");
    expect(said).not.toContain("\n");
  });

  test("reveals nothing about a number passed as an argument", async () => {
    const args = { number, customerNumber: number };
    const other = { customerNumber: "+15550100148", callId: randomUUID() };
    expect(await askTool("find_caller", args, other)).toBe("This is the first call from this number.");
  });
});
