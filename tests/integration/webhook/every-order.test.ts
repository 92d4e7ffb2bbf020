import { expect, it } from "vitest";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { inWaves } from "@/tests/support/deliveries/in-waves";
import { permute } from "@/tests/support/deliveries/permute";
import { readComparableFacts, underNewId } from "@/tests/support/deliveries/under-new-id";

it("the rows are the same for every order of a small call's deliveries", { timeout: 240_000 }, async () => {
  const { bodies, callId } = buildCall("tiny");
  const straight = underNewId(bodies, callId);
  for (const body of straight.bodies) await deliver(body);
  const expected = await readComparableFacts(straight.id);
  expect(expected.call).toHaveLength(1);

  const orders = [...permute(bodies)].map((order) => underNewId(order, callId));
  expect(orders).toHaveLength(720);
  await inWaves(orders, 24, async (call) => {
    for (const body of call.bodies) await deliver(body);
    expect(await readComparableFacts(call.id)).toEqual(expected);
  });
});
