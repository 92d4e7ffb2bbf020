import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Body } from "@/tests/fixtures/body";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliver";
import { permute } from "@/tests/support/permute";
import { readFacts } from "@/tests/support/read-facts";

/** The same call under another id, so that each order starts from nothing. */
function underNewId(bodies: Body[], callId: string): { id: string; bodies: Body[] } {
  const id = randomUUID();
  return { id, bodies: JSON.parse(JSON.stringify(bodies).replaceAll(callId, id)) };
}

/** Facts of different calls are comparable once their ids, and the keys made from them, are out of the way. */
async function comparableFacts(id: string) {
  const facts = await readFacts(id);
  const text = JSON.stringify(facts, (name, value) => (name === "key" ? undefined : value));
  const plain = JSON.parse(text.replaceAll(id, "the-call"));
  const sorted = Object.entries(plain).map(([table, rows]) => [
    table,
    (rows as unknown[]).map((row) => JSON.stringify(row)).sort(),
  ]);
  return Object.fromEntries(sorted);
}

async function inOrder(bodies: Body[]) {
  for (const body of bodies) await deliver(body);
}

const atOnce = (bodies: Body[]) => Promise.all(bodies.map((body) => deliver(body)));

describe("whatever the order and number of deliveries, the rows are the same", () => {
  it("for every order of a small call", { timeout: 120_000 }, async () => {
    const { bodies, callId } = buildCall("tiny");
    const straight = underNewId(bodies, callId);
    await inOrder(straight.bodies);
    const expected = await comparableFacts(straight.id);
    expect(expected.call).toHaveLength(1);

    const orders = [...permute(bodies)].map((order) => underNewId(order, callId));
    expect(orders).toHaveLength(720);
    await Promise.all(orders.map((call) => inOrder(call.bodies)));
    for (const call of orders) expect(await comparableFacts(call.id)).toEqual(expected);
  });

  it.each([
    ["one after another", inOrder],
    ["all at once", atOnce],
  ])("for random orders with repetitions of a long call, %s", { timeout: 120_000 }, async (_, post) => {
    const { bodies, callId } = buildCall("long");
    const straight = underNewId(bodies, callId);
    await inOrder(straight.bodies);
    const expected = await comparableFacts(straight.id);

    const orders = fc
      .tuple(
        fc.shuffledSubarray(bodies, { minLength: bodies.length }),
        fc.array(fc.constantFrom(...bodies), { maxLength: 40 }),
      )
      .chain(([all, again]) =>
        fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(orders, { minLength: 8, maxLength: 8 }), async (some) => {
        const calls = some.map((order) => underNewId(order, callId));
        await Promise.all(calls.map((call) => post(call.bodies)));
        for (const call of calls) expect(await comparableFacts(call.id)).toEqual(expected);
      }),
      { numRuns: 3 },
    );
  });
});
