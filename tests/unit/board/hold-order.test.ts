import { describe, expect, it } from "vitest";
import { holdOrder } from "@/components/board/use-board";
import { makeCall } from "@/tests/support/makers/make-call";

const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => makeCall({ id }));
const calls = [a, b, c, d].filter((call) => call !== undefined);
const held = (ids: string[], urgent: string[] = []) => ({ ids, urgent: new Set(urgent) });
const order = (...given: Parameters<typeof holdOrder>) => holdOrder(...given).calls.map(({ id }) => id);
const isCalm = () => false;

describe("the held order of the board", () => {
  it("is the order of need while nothing is held", () => {
    expect(holdOrder(calls, null, isCalm)).toEqual({ calls, moved: 0, added: 0 });
  });

  it("keeps every call at its place, and puts those that came since at the end", () => {
    expect(holdOrder(calls, held(["c", "b", "a"]), isCalm)).toMatchObject({ moved: 2, added: 1 });
    expect(order(calls, held(["c", "b", "a"]), isCalm)).toEqual(["c", "b", "a", "d"]);
  });

  it("pins calls at the top that became urgent since, and not those that were urgent already", () => {
    const isUrgent = (id: string) => id === "a" || id === "d";
    expect(order(calls, held(["c", "b", "a"], ["a"]), isUrgent)).toEqual(["d", "c", "b", "a"]);
  });
});
