import { describe, expect, test } from "vitest";
import { callFilterSchema } from "@/lib/calls/list";

const id = "019b88a4-0000-7000-8000-000000000001";

describe("filter of calls", () => {
  test("without parameters it asks for the first hundred calls", () => {
    expect(callFilterSchema.parse({})).toEqual({ limit: 100 });
  });

  test("a cursor is creation time and ID of the previous page's last call", () => {
    const { cursor } = callFilterSchema.parse({ cursor: `1767524032688_${id}` });
    expect(cursor).toEqual({ createdAt: new Date(1_767_524_032_688), id });
  });

  test("a call's id may hold the character that separates it from the time", () => {
    expect(callFilterSchema.parse({ cursor: "1767524032688_call_1" }).cursor?.id).toBe("call_1");
  });

  test.each([
    "",
    "1767524032688",
    "1767524032688_",
    `12345678901_${id}`,
    `123456789012345_${id}`,
    `x1767524032688_${id}`,
    `17675240x2688_${id}`,
    id,
  ])("%j is no cursor", (cursor) => {
    expect(callFilterSchema.safeParse({ cursor }).success).toBe(false);
  });

  test.each(["live", "ended", "board"])("calls may be those that are %s", (state) => {
    expect(callFilterSchema.parse({ state }).state).toBe(state);
  });

  test("a state that no call has is refused", () => {
    expect(callFilterSchema.safeParse({ state: "paused" }).success).toBe(false);
  });

  test("search text is trimmed and has at most 200 characters", () => {
    expect(callFilterSchema.parse({ q: "  leaking tap " }).q).toBe("leaking tap");
    expect(callFilterSchema.safeParse({ q: "a".repeat(200) }).success).toBe(true);
    expect(callFilterSchema.safeParse({ q: "a".repeat(201) }).success).toBe(false);
  });

  test("an assistant's id has at most 200 characters", () => {
    expect(callFilterSchema.safeParse({ assistantId: "a".repeat(200) }).success).toBe(true);
    expect(callFilterSchema.safeParse({ assistantId: "a".repeat(201) }).success).toBe(false);
  });

  test("a conversation is found by its ID in any case, and by nothing else", () => {
    const { conversationId } = callFilterSchema.parse({ conversationId: id.toUpperCase() });
    expect(conversationId).toBe(id);
    expect(callFilterSchema.safeParse({ conversationId: "conversation" }).success).toBe(false);
  });

  test.each([
    ["1", true],
    ["1000", true],
    ["0", false],
    ["1001", false],
    ["2.5", false],
    ["many", false],
  ])("a page of %s calls: %s", (limit, isAllowed) => {
    expect(callFilterSchema.safeParse({ limit }).success).toBe(isAllowed);
  });
});
