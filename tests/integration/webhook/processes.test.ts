import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { readComparableFacts, underNewId } from "@/tests/support/deliveries/under-new-id";

/** Starts a process that delivers these bodies, all at once, when the returned function is called. */
async function startDeliverer(bodies: unknown[]) {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "tests/support/deliveries/deliver-bodies.ts"],
    { env: process.env, stdio: ["pipe", "pipe", "inherit"] },
  );
  const done = once(child, "exit");
  await once(child.stdout, "data");
  return async () => {
    child.stdin.end(JSON.stringify(bodies));
    expect(await done).toEqual([0, null]);
  };
}

it("webhook: three processes recording the same calls at once produce the same rows as one", async () => {
  const { bodies, callId } = buildCall("tiny");
  const straight = underNewId(bodies, callId);
  for (const body of straight.bodies) await deliver(body);
  const expected = await readComparableFacts(straight.id);

  const some = Array.from({ length: 12 }, () => underNewId(bodies, callId));
  const all = some.flatMap((call) => call.bodies);
  // Each process has all deliveries, starting at a different one.
  const processes = await Promise.all(
    [0, 1, 2].map((n) => {
      const start = Math.floor((n * all.length) / 3);
      return startDeliverer([...all.slice(start), ...all.slice(0, start)]);
    }),
  );
  await Promise.all(processes.map((go) => go()));
  for (const { id } of some) expect(await readComparableFacts(id)).toEqual(expected);
}, 120_000);
