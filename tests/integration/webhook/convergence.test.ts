import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Body } from "@/tests/fixtures/body";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { inWaves } from "@/tests/support/deliveries/in-waves";
import {
  readComparableFacts,
  readComparableFactsOf,
  underNewId,
} from "@/tests/support/deliveries/under-new-id";

async function inOrder(bodies: Body[]) {
  for (const body of bodies) await deliver(body);
}

// In waves: with a whole call at once, tools on a busy machine would exceed their time limits and answer differently.
const manyAtOnce = (bodies: Body[]) => inWaves(bodies, 20, (body) => deliver(body));

describe("webhook: the resulting rows are the same", () => {
  it.each([
    ["one after another", inOrder],
    ["twenty at once", manyAtOnce],
  ])(
    "for a long call's deliveries in random order with repetitions, %s",
    { timeout: 300_000 },
    async (_, post) => {
      const { bodies, callId } = buildCall("long");
      const straight = underNewId(bodies, callId);
      await inOrder(straight.bodies);
      const expected = await readComparableFacts(straight.id);

      const orders = fc
        .tuple(
          fc.shuffledSubarray(bodies, { minLength: bodies.length }),
          fc.array(fc.constantFrom(...bodies), { maxLength: 40 }),
        )
        .chain(([all, again]) =>
          fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
        );
      await fc.assert(
        fc.asyncProperty(fc.array(orders, { minLength: 6, maxLength: 6 }), async (some) => {
          const calls = some.map((order) => underNewId(order, callId));
          await inWaves(calls, 2, (call) => post(call.bodies));
          const found = await readComparableFactsOf(calls.map(({ id }) => id));
          for (const facts of found) expect(facts).toEqual(expected);
        }),
        { numRuns: 1 },
      );
    },
  );
});
