import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { findFreePort } from "@/scripts/local/find-free-port";
import { spawnGuarded } from "@/scripts/local/guard/spawn-guarded";
import { findPostgresUser } from "@/scripts/local/postgres/find-postgres-user";
import { startPusherServer } from "@/scripts/local/pusher-server/start";
import { createParts } from "@/scripts/local/stack/create-parts";
import { waitUntil } from "@/scripts/local/wait-until";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { buildImage, readComposeEnvironments } from "@/tests/support/e2e/container";
import { bareEnvironment } from "@/tests/support/e2e/run-start";
import { watchPushes } from "@/tests/support/servers/watch-pushes";

/** Values for `.env` besides the database's password, as listed at the top of compose.yaml. */
const given = {
  BETTER_AUTH_SECRET: "a-secret-of-the-container-test-and-nothing-else",
  VAPI_WEBHOOK_SECRET: "a-webhook-secret-of-the-container-test",
  SETUP_TOKEN: "a-setup-token-of-the-container-test",
  PUSHER_SECRET: "a-realtime-secret-of-the-container-test",
};

test("container: Earshot, built by the Dockerfile's steps and run with compose.yaml's settings, stores an event and pushes it to the board", async ({
  app,
}) => {
  const parts = createParts();
  const root = mkdtempSync("/tmp/earshot-container-");
  parts.add(async () => rmSync(root, { recursive: true, force: true }));
  chmodSync(root, 0o755);
  try {
    const image = buildImage(root);
    expect(image.user).toBe("node");
    expect(existsSync(join(image.folder, "node_modules", "next"))).toBe(true);

    const { password } = new URL(app.databaseUrl);
    const { app: settings, soketi } = readComposeEnvironments({ ...given, POSTGRES_PASSWORD: password });
    const { SOKETI_DEFAULT_APP_ID: id = "", SOKETI_DEFAULT_APP_KEY: key = "" } = soketi;
    const pusher = await startPusherServer({
      app: { id, key, secret: soketi.SOKETI_DEFAULT_APP_SECRET ?? "" },
    });
    parts.add(pusher.close);

    // Stands in for the database of the `postgres` service; its superuser is the same as the tests'.
    const server = postgres(app.databaseUrl, { max: 1, onnotice: () => {} });
    parts.add(() => server.end());
    const databaseUrl = new URL(settings.DATABASE_URL ?? "");
    expect(databaseUrl.href).toBe(`postgres://earshot:${password}@postgres:5432/earshot`);
    databaseUrl.host = new URL(app.databaseUrl).host;
    databaseUrl.pathname = "earshot_container";
    await server`create database earshot_container`;
    parts.add(() => server`drop database earshot_container with (force)`);

    const port = String(await findFreePort());
    expect(settings.PUSHER_API_URL).toBe("http://soketi:6001");
    const environment = bareEnvironment({
      ...image.environment,
      ...settings,
      PORT: port,
      DATABASE_URL: databaseUrl.href,
      PUSHER_API_URL: `http://127.0.0.1:${pusher.port}`,
    });
    const run = ([program = "", ...args]: string[]) =>
      spawnGuarded(program, args, {
        cwd: image.folder,
        env: environment,
        stdio: "inherit",
        stopSignal: "SIGTERM",
        // As a user who may not write there; the tests' own user could.
        ...findPostgresUser(),
      });
    const container = await run(image.command);
    parts.add(container.stop);
    const ended = container.exited.then((code) => {
      throw new Error(`The container's program ended with exit code ${code}.`);
    });
    ended.catch(() => {}); // also rejects when it is stopped
    const check = async () => (await Promise.race([(await run(image.healthCheck)).exited, ended])) === 0;
    await waitUntil("the health check of the Dockerfile to be content", check);
    const health = await fetch(`http://127.0.0.1:${port}/api/health`);
    expect(health.headers.get("keep-alive")).toBe("timeout=75");

    const countPushes = await watchPushes(
      { environment: { ...environment, PUSHER_PORT: String(pusher.port) } },
      parts,
    );
    const caller = createCaller(async (conversation, message) => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/webhook/${conversation}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-vapi-secret": given.VAPI_WEBHOOK_SECRET },
        body: JSON.stringify({ message }),
      });
      expect(answer.status).toBe(200);
      return answer.json();
    });
    await caller.begins();
    const database = postgres(databaseUrl.href, { max: 1 });
    parts.add(() => database.end());
    const [stored] = await database`select count(*)::int as events from events`;
    expect(stored?.events).toBeGreaterThan(0);
    await waitUntil("the board to hear of the call", () => countPushes() > 0);

    await container.stop();
    await waitUntil("the port to be free", async () => (await findFreePort(Number(port))) === Number(port));
  } finally {
    await parts.stopAll();
  }
});
