import { expect, test } from "@/tests/support/e2e";
import { runScriptFile } from "@/tests/support/e2e/run-start";

test("npm run chaos: Earshot recovers from each of three kills, and every acknowledged event is stored exactly once, with its effects", async () => {
  // Takes half a minute by itself, and longer on a busy machine.
  test.setTimeout(300_000);
  const options = { kills: "3", calls: "2", speed: "30", pause: "0.5", seed: "short" };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { said, exitCode } = runScriptFile("chaos", args, {});
  expect(await exitCode, (await said).replace(/^\{.*\n/gm, "")).toBe(0);
  const output = await said;
  expect(output.match(/^Earshot works again \d+ ms after the end of the .+\.$/gm)).toHaveLength(3);
  expect(output).toContain(
    "Every acknowledged event was stored exactly once, with everything that follows from it.",
  );
});
