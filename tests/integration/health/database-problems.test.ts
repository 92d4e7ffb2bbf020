import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { breakPostgres } from "@/tests/support/database/broken-postgres";

const original = process.env.DATABASE_URL ?? "";
const postgres = await breakPostgres(original);
afterAll(() => postgres.close());

/** Earshot right after start, with this database. */
async function start(url: string) {
  process.env.DATABASE_URL = url;
  vi.resetModules();
  Object.assign(globalThis, { earshotPool: undefined, earshotRecording: undefined });
  const { GET } = await import("@/app/api/health/route");
  const { answerDelivery } = await import("@/lib/webhook/server/receive");
  const { db } = await import("@/db/client");
  return {
    db,
    health: async () => {
      const response = await GET(new Request("http://localhost:3000/api/health"));
      const { database, problem } = await response.json();
      return { status: response.status, database, problem };
    },
    deliver: async () => {
      const headers = { "content-type": "application/json", "x-vapi-secret": "test-webhook-secret" };
      const body = JSON.stringify(statusUpdate("in-progress", { callId: crypto.randomUUID() }));
      const { response, later } = await answerDelivery(
        new Request("http://localhost:3000/api/webhook", { method: "POST", body, headers }),
        null,
      );
      await later;
      return response.status;
    },
  };
}

const well = { status: 200, database: "up", problem: null };
const down = (problem: string) => ({ status: 503, database: "down", problem });

beforeEach(() => postgres.become("well"));

test("health: a read-only database is reported as down, and events are answered 503", async () => {
  const app = await start(`${original}?default_transaction_read_only=on`);
  expect(await app.health()).toEqual(down("read-only"));
  expect(await app.deliver()).toBe(503);
  await app.db.$client.end();
});

test("health: a full disk is reported as down from the first event it rejects until an event is stored again", async () => {
  const app = await start(original);
  expect(await app.health()).toEqual(well);
  await app.db.execute(sql`
    create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$
  `);
  await app.db.execute(sql`create trigger full_disk before insert on events execute function refuse()`);
  expect(await app.deliver()).toBe(503);
  expect(await app.health()).toEqual(down("disk-full"));
  await app.db.execute(sql`drop trigger full_disk on events`);
  expect(await app.deliver()).toBe(200);
  expect(await app.health()).toEqual(well);
  await app.db.$client.end();
});

test.each(["hung", "gone"] as const)(
  "health: a database that is %s is reported as unreachable, and as up once it responds again",
  async (state) => {
    const app = await start(postgres.url);
    expect(await app.health()).toEqual(well);
    postgres.become(state);
    expect(await app.health()).toEqual(down("unreachable"));
    postgres.become("well");
    await vi.waitFor(async () => expect(await app.health()).toEqual(well), {
      timeout: 25_000,
      interval: 300,
    });
  },
);

test.each(["hung", "refused"] as const)(
  "sign-in, welcome and invitations: while the database is %s, they answer 503 and say so",
  async (state) => {
    const app = await start(postgres.url);
    const { welcomeToken } = await import("@/lib/auth/server/links");
    const routes = {
      "/api/auth/sign-in/email": [
        await import("@/app/api/auth/[...all]/route"),
        { email: "ana@example.com", password: "a long enough password" },
      ],
      "/api/auth/get-session": [await import("@/app/api/auth/[...all]/route"), null],
      "/api/welcome": [
        await import("@/app/api/welcome/route"),
        { token: welcomeToken(), name: "Ana", email: "ana@example.com", password: "a long enough password" },
      ],
      "/api/invitations/accept": [
        await import("@/app/api/invitations/accept/route"),
        { token: "x".repeat(43), name: "Ana", password: "a long enough password" },
      ],
    } as const;
    postgres.become(state);
    for (const [path, [handlers, body]] of Object.entries(routes)) {
      const headers = {
        "content-type": "application/json",
        origin: "http://localhost:3000",
        cookie: "earshot.session_token=made.up",
      };
      const url = `http://localhost:3000${path}`;
      const response =
        body === null && "GET" in handlers
          ? await handlers.GET(new Request(url, { headers }))
          : await handlers.POST(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }));
      expect([path, response.status, await response.text()]).toEqual([
        path,
        503,
        expect.stringContaining("The database is not responding."),
      ]);
    }
    postgres.become("well");
    await app.db.$client.end();
  },
  60_000,
);
