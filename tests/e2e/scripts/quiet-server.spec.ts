import { readFile, rm } from "node:fs/promises";
import postgres from "postgres";
import { findFreePort } from "@/scripts/local/find-free-port";
import { waitUntil } from "@/scripts/local/wait-until";
import { expect, test } from "@/tests/support/e2e";
import { runStart } from "@/tests/support/e2e/run-start";
import { signInAdmin } from "@/tests/support/e2e/sign-in-admin";

const name = "quiet_server";
const stateFile = ".local/e2e/admin-quiet-server.json";

test("npm start: a database error is logged with its name and code, but without invited addresses and session tokens", async ({
  app,
  playwright,
}) => {
  test.setTimeout(90_000);
  const admin = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
  await admin`drop database if exists ${admin(name)} with (force)`;
  await admin`create database ${admin(name)}`;
  const databaseUrl = Object.assign(new URL(app.databaseUrl), { pathname: name }).href;
  const database = postgres(databaseUrl, { max: 1 });
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const setupToken = "a-setup-token-of-the-quiet-server-test";
  const { script, soFar, said, exitCode } = runStart(port, databaseUrl, { SETUP_TOKEN: setupToken });
  await waitUntil("npm start to say where it is", () => soFar().includes("Ctrl-C stops everything."), 60_000);
  await signInAdmin(url, setupToken, stateFile);
  const sessions = await database<{ token: string }[]>`select token from sessions`;
  const extraHTTPHeaders = { origin: url };
  const browser = await playwright.request.newContext({
    baseURL: url,
    extraHTTPHeaders,
    storageState: stateFile,
  });

  await database`alter table invitations drop column token_hash`;
  const email = "zebulonsky.invited@example.com";
  const invited = await browser.post("/api/invitations", { data: { email, role: "viewer" } });
  expect(invited.status()).toBe(500);
  expect(await invited.text()).not.toContain("zebulonsky");

  await database`alter table sessions drop column expires_at`;
  expect((await browser.get("/api/people")).status()).toBe(503);
  expect(await (await browser.get("/settings/people")).text()).not.toContain(sessions[0]?.token);

  const { cookies } = JSON.parse(await readFile(stateFile, "utf8"));
  await rm(stateFile);
  await browser.dispose();
  script.kill("SIGINT");
  expect(await exitCode).toBe(0);
  await database.end();
  await admin`drop database ${admin(name)} with (force)`;
  await admin.end();

  const output = await said;
  expect(output).toMatch(
    /"requestId":"[\da-f-]{36}".*"route":"\/api\/invitations".*"name":"PostgresError","code":"42703"/,
  );
  expect(output.match(/"name":"PostgresError","code":"42703"/g)?.length).toBeGreaterThan(1);
  const secrets = [
    ...sessions.map(({ token }) => token),
    ...cookies.map(({ value }: { value: string }) => value),
  ];
  expect(secrets.length).toBeGreaterThan(1);
  for (const secret of ["zebulonsky", ...secrets]) expect(output).not.toContain(secret);
});
