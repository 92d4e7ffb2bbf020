import { once } from "node:events";
import { createServer } from "node:net";
import { findFreePort } from "@/scripts/local/find-free-port";
import { waitUntil } from "@/scripts/local/wait-until";
import { expect, test } from "@/tests/support/e2e";
import { runStart } from "@/tests/support/e2e/run-start";

const isFree = async (port: number) => (await findFreePort(port)) === port;
const isHealthy = (port: number) =>
  fetch(`http://127.0.0.1:${port}/api/health`).then(
    (response) => response.ok,
    () => false,
  );

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  test(`npm start, ended by ${signal}, leaves nothing running`, async ({ app }) => {
    const port = await findFreePort();
    const { script, exitCode } = runStart(port, app.databaseUrl);
    await waitUntil("npm start to be healthy", () => isHealthy(port));
    script.kill(signal);
    expect(await exitCode).toBe(signal === "SIGKILL" ? null : 0);
    await waitUntil("the app's port to be free", () => isFree(port), 8_000);
  });
}

test("a taken port is said in one sentence, with exit code 1", async ({ app }) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const { said, exitCode } = runStart(port, app.databaseUrl);
  expect(await exitCode).toBe(1);
  expect(await said).toMatch(new RegExp(`^Port ${port} is taken by another program: [^\\n]+\\n$`));
  taken.close();
});
