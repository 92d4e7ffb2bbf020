import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, inject, it } from "vitest";
import { db } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { credentialUses, webhookCredentials } from "@/db/schema/credentials";
import { toStoredSecret } from "@/lib/credentials/server/manage";
import { waitUntil } from "@/scripts/local/wait-until";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { ask } from "@/tests/support/deliveries/ask";
import { deliver, postDelivery } from "@/tests/support/deliveries/deliver";
import { makeCredential } from "@/tests/support/makers/make-credential";

const send = (secret: string, body: unknown = statusUpdate("in-progress", { callId: randomUUID() })) =>
  deliver(body, { headers: { "x-vapi-secret": secret } });

/** Created as by another instance: this process is not notified. */
async function makeElsewhere(secret: string): Promise<string> {
  const id = randomUUID();
  const settings = { kind: "secret" } as const;
  const stored = toStoredSecret(secret, settings, id);
  await db
    .insert(webhookCredentials)
    .values({ id, name: "elsewhere", settings, createdBy: "test", ...stored });
  return id;
}

const useOf = async (credentialId: string) => {
  const [use] = await db.select().from(credentialUses).where(eq(credentialUses.credentialId, credentialId));
  return use?.lastUsedAt ?? null;
};

describe("credentials in memory", () => {
  it("are accepted within 2 s of creation on another instance, and rejected soon after revocation there", async () => {
    await send("test-webhook-secret");
    const secret = randomUUID();
    const id = await makeElsewhere(secret);
    // At once, apart from the second in which the database is not queried again.
    await waitUntil("it to be let in", async () => (await send(secret)).status === 200, 2_000);
    await db.update(webhookCredentials).set({ revokedAt: sql`now()` }).where(eq(webhookCredentials.id, id));
    await waitUntil("it to be rejected", async () => (await send(secret)).status === 401);
  });

  it("record repeated use within a minute once, and record use of the environment's secrets", async () => {
    const { id, secret } = await makeCredential({ kind: "secret" });
    expect(await useOf(id)).toBeNull();
    await send(secret);
    const first = await useOf(id);
    expect(first).not.toBeNull();
    await send(secret);
    expect(await useOf(id)).toEqual(first);
    await send("next-webhook-secret");
    expect(await useOf("environment-2")).not.toBeNull();
  });

  it("accept events while the database is down, and the events are recorded once it is back", async () => {
    const { secret } = await makeCredential({ kind: "secret" });
    expect((await send(secret)).status).toBe(200);
    const name = new URL(process.env.DATABASE_URL ?? "").pathname.slice(1);
    await ask(inject("postgresUrl"), async (admin) => {
      await admin`alter database ${admin(name)} allow_connections false`;
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    });
    const callId = randomUUID();
    const asked = toolCalls([{ id: "call_1", name: "echo", arguments: { text: "still here" } }], { callId });
    let recorded: Promise<unknown> | undefined;
    try {
      const answer = await postDelivery(asked, { headers: { "x-vapi-secret": secret } });
      recorded = answer.later;
      expect(answer).toMatchObject({
        status: 200,
        body: { results: [{ result: "still here" }] },
      });
      expect((await send("nobody's")).status).toBe(401);
    } finally {
      await ask(
        inject("postgresUrl"),
        (admin) => admin`alter database ${admin(name)} allow_connections true`,
      );
    }
    await recorded;
    expect(await db.select({ id: calls.id }).from(calls).where(eq(calls.id, callId))).toEqual([
      { id: callId },
    ]);
  });
});
