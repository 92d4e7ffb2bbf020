import { describe, expect, test } from "vitest";
import { callFilterSchema } from "@/lib/calls/list";

const id = "019b88a4-0000-7000-8000-000000000001";

describe("call filter", () => {
  test("the limit is 100 calls by default", () => {
    expect(callFilterSchema.parse({})).toEqual({ limit: 100 });
  });

  test("a cursor consists of a call's creation time and ID", () => {
    const { cursor } = callFilterSchema.parse({ cursor: `1767524032688_${id}` });
    expect(cursor).toEqual({ createdAt: new Date(1_767_524_032_688), id });
  });

  test("a call ID in a cursor may contain the separator", () => {
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
  ])("the cursor %j is invalid", (cursor) => {
    expect(callFilterSchema.safeParse({ cursor }).success).toBe(false);
  });

  test.each(["live", "ended", "board"])("the state %s is valid", (state) => {
    expect(callFilterSchema.parse({ state }).state).toBe(state);
  });

  test("an unknown state is invalid", () => {
    expect(callFilterSchema.safeParse({ state: "paused" }).success).toBe(false);
  });

  test("search text is trimmed and has at most 200 characters", () => {
    expect(callFilterSchema.parse({ q: "  leaking tap " }).q).toBe("leaking tap");
    expect(callFilterSchema.safeParse({ q: "a".repeat(200) }).success).toBe(true);
    expect(callFilterSchema.safeParse({ q: "a".repeat(201) }).success).toBe(false);
  });

  test("an assistant ID has at most 200 characters", () => {
    expect(callFilterSchema.safeParse({ assistantId: "a".repeat(200) }).success).toBe(true);
    expect(callFilterSchema.safeParse({ assistantId: "a".repeat(201) }).success).toBe(false);
  });

  test("a conversation ID is converted to lower case, and any other text is invalid", () => {
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
  ])("the limit %s is valid: %s", (limit, isAllowed) => {
    expect(callFilterSchema.safeParse({ limit }).success).toBe(isAllowed);
  });
});
