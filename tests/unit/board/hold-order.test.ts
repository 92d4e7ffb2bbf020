import { describe, expect, it } from "vitest";
import { holdOrder } from "@/components/board/use-board";
import { makeCall } from "@/tests/support/makers/make-call";

const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => makeCall({ id }));
const calls = [a, b, c, d].filter((call) => call !== undefined);
const held = (ids: string[], urgent: string[] = []) => ({ ids, urgent: new Set(urgent) });
const order = (...given: Parameters<typeof holdOrder>) => holdOrder(...given).calls.map(({ id }) => id);
const isCalm = () => false;

describe("the held order of the board", () => {
  it("follows the given order while nothing is held", () => {
    expect(holdOrder(calls, null, isCalm)).toEqual({ calls, moved: 0, added: 0 });
  });

  it("keeps every call in place and adds new calls at the end", () => {
    expect(holdOrder(calls, held(["c", "b", "a"]), isCalm)).toMatchObject({ moved: 2, added: 1 });
    expect(order(calls, held(["c", "b", "a"]), isCalm)).toEqual(["c", "b", "a", "d"]);
  });

  it("moves calls that became urgent to the top, but not those that were already urgent", () => {
    const isUrgent = (id: string) => id === "a" || id === "d";
    expect(order(calls, held(["c", "b", "a"], ["a"]), isUrgent)).toEqual(["d", "c", "b", "a"]);
  });
});
