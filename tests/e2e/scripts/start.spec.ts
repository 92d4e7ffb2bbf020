import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import postgres from "postgres";
import { findFreePort } from "@/scripts/local/find-free-port";
import { projectFolder } from "@/scripts/local/project-folder";
import { waitUntil } from "@/scripts/local/wait-until";
import { expect, test } from "@/tests/support/e2e";
import { bareEnvironment, runScriptFile, runStart, startSecret } from "@/tests/support/e2e/run-start";

const isFree = async (port: number) => (await findFreePort(port)) === port;
const isHealthy = (port: number) =>
  fetch(`http://127.0.0.1:${port}/api/health`).then(
    (response) => response.ok,
    () => false,
  );

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`npm start: ${signal} ends it with exit code 0 and frees the app's port`, async ({ app }) => {
    const port = await findFreePort();
    const { script, exitCode } = runStart(port, app.databaseUrl);
    await waitUntil("npm start to be healthy", () => isHealthy(port));
    script.kill(signal);
    expect(await exitCode).toBe(0);
    await waitUntil("the app's port to be free", () => isFree(port), 8_000);
  });
}

/** The app's process, started by this `npm start`. */
function findApp(parent: number | undefined): number | null {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  for (const line of processes.split("\n")) {
    const [, pid, ppid, program = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(ppid) === parent && program.includes("next")) return Number(pid);
  }
  return null;
}

test("npm start: it restarts a killed app and logs the restart, and killing npm start itself frees the app's port", async ({
  app,
}) => {
  const port = await findFreePort();
  const { script, soFar, exitCode } = runStart(port, app.databaseUrl);
  await waitUntil("npm start to say where it is", () => soFar().includes("Ctrl-C stops everything."));
  const killed = findApp(script.pid) ?? 0;
  process.kill(killed, "SIGKILL");
  await waitUntil("the app to run again", () => soFar().includes("The app is running again."));
  expect(soFar()).toContain("The app exited unexpectedly. Restarting in 0.1 s.");
  expect(findApp(script.pid)).not.toBe(killed);
  expect(await isHealthy(port)).toBe(true);

  script.kill("SIGKILL");
  await exitCode;
  await waitUntil("the app's port to be free", () => isFree(port), 8_000);
});

test("npm start: a port in use ends it with a one-line error and exit code 1", async ({ app }) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const { said, exitCode } = runStart(port, app.databaseUrl);
  expect(await exitCode).toBe(1);
  expect(await said).toMatch(new RegExp(`^Port ${port} is in use by another program\\. [^\\n]+\\n$`));
  taken.close();
});

test("npm start: an invalid setting ends it with exit code 1 and an error that names the setting", async ({
  app,
}) => {
  const port = await findFreePort();
  const { said, exitCode } = runStart(port, app.databaseUrl.replace("postgres", "mysql"), { PORT: "1" });
  expect(await exitCode).toBe(1);
  expect(await said).toMatch(/^Earshot cannot start with these settings:\n {2}DATABASE_URL is not [^\n]+\n/);
});

test("npm start: an unreachable database ends it with an error that omits the password", async () => {
  const port = await findFreePort();
  const closed = await findFreePort();
  const { said, exitCode } = runStart(port, `postgres://earshot:hunter2hunter2@127.0.0.1:${closed}/earshot`);
  expect(await exitCode).toBe(1);
  expect(await said).toContain("The database cannot be used: nothing is listening at its address.");
  expect(await said).not.toContain("hunter2");
});

test("npm start: when it listens on all addresses, its output contains no secret and no token", async ({
  app,
}) => {
  const port = await findFreePort();
  const { script, soFar, said, exitCode } = runScriptFile("start", ["--host", "::"], {
    PORT: String(port),
    DATABASE_URL: app.databaseUrl,
    APP_URL: `http://localhost:${port}`,
    BETTER_AUTH_SECRET: startSecret,
    VAPI_WEBHOOK_SECRET: "a-webhook-secret-of-the-start-test",
    SETUP_TOKEN: "a-setup-token-of-the-start-test",
  });
  await waitUntil("npm start to say where it is", () => soFar().includes("Ctrl-C stops everything."));
  expect(await isHealthy(port)).toBe(true);
  script.kill("SIGINT");
  expect(await exitCode).toBe(0);
  expect(await said).not.toMatch(/-of-the-start-test|token=/);
  expect(await said).toContain("set by VAPI_WEBHOOK_SECRET");
});

test("npm run demo: it runs its own database and Pusher server instead of those in the environment", async ({
  app,
}) => {
  const port = await findFreePort();
  const { script, soFar, said, exitCode } = runScriptFile("demo", ["--port", String(port), "--calls", "1"], {
    DATABASE_URL: app.databaseUrl,
    APP_URL: "https://earshot.example.com",
    PUSHER_APP_ID: "somebody-else's",
    PUSHER_KEY: "somebody-else's",
    PUSHER_SECRET: "somebody-else's",
    PUSHER_CLUSTER: "us3",
  });
  await waitUntil("the demo to say where it is", () => soFar().includes("Ctrl-C stops everything."));
  script.kill("SIGINT");
  expect(await exitCode).toBe(0);
  expect(await said).toMatch(new RegExp(`Earshot is running at http://localhost:${port}\n`));
  expect(await said).toMatch(/Database +PostgreSQL on port/);
  expect(await said).toMatch(/Realtime +a Pusher server on port/);
  const sql = postgres(app.databaseUrl, { max: 1 });
  const [found] = await sql`select count(*)::int as people from users where email like 'demo@%'`;
  await sql.end();
  expect(found?.people).toBe(0);
});

test("npm start: killing the npm process frees the app's port", async ({ app }) => {
  const port = await findFreePort();
  const npm = spawn("npm", ["start", "--", "--port", String(port)], {
    cwd: projectFolder,
    env: bareEnvironment({
      DATABASE_URL: app.databaseUrl,
      APP_URL: `http://localhost:${port}`,
      BETTER_AUTH_SECRET: startSecret,
    }),
    stdio: "ignore",
  });
  await waitUntil("npm start to be healthy", () => isHealthy(port));
  npm.kill("SIGKILL");
  await waitUntil("the app's port to be free", () => isFree(port), 15_000);
});

test("npm run reset-link: it prints a link for a known e-mail address and an error for an unknown one", async ({
  app,
}) => {
  const settings = { DATABASE_URL: app.databaseUrl, APP_URL: app.url, BETTER_AUTH_SECRET: startSecret };
  const missing = runScriptFile("reset-link", ["--email", "nobody@example.com"], settings);
  expect(await missing.exitCode).toBe(1);
  expect(await missing.said).toMatch(/^No account uses nobody@example\.com\./);

  const sql = postgres(app.databaseUrl, { max: 1 });
  const [admin] = await sql<{ email: string }[]>`select email from users where role = 'admin' limit 1`;
  await sql.end();
  const { said, exitCode } = runScriptFile("reset-link", ["--email", admin?.email ?? ""], settings);
  expect(await exitCode).toBe(0);
  expect(await said).toMatch(new RegExp(`^${app.url}/reset-password\\?token=\\S+\n$`));
});

for (const [name, args, words] of [
  ["import", ["--from", "2026-09-01", "--to", "2026-08-01"], "--from must not be after --to."],
  ["api-key", ["--name", "x", "--role", "boss"], "--role must be viewer, operator or admin."],
  ["api-key", ["--name", "x", "--days", "many"], "--days must be a whole number"],
] as const) {
  test(`npm run ${name} -- ${args.join(" ")}: it ends with an error that names the invalid option`, async () => {
    const { said, exitCode } = runScriptFile(name, [...args], {});
    expect(await exitCode).toBe(1);
    expect(await said).toContain(words);
    expect(await said).not.toMatch(/^ +at /m);
  });
}
