import { randomUUID } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import type { Database } from "@/db/client";
import { dialogues } from "@/scripts/simulator/dialogues";
import type { Received } from "@/tests/support/servers/start-receiver";

/** Gives every tool of the simulated assistants an effect and sends every alert on, all to one server. */
export async function sendOutside(sql: Sql, url: string): Promise<void> {
  // Imported late because the modules read the environment when they load.
  const { insertEndpoint } = await import("@/db/queries/tools/endpoints");
  const { insertChannel } = await import("@/db/queries/notifications/channels");
  const { sealSecret } = await import("@/lib/secrets");
  const { webhook } = await import("@/lib/notifications/server/channels/webhook");
  const db: Database = drizzle(sql, { casing: "snake_case" });
  const tools = new Map(
    dialogues.flatMap(({ assistant }) => assistant.tools.map((tool) => [tool.name, tool] as const)),
  );
  for (const { name, description, properties } of tools.values()) {
    await insertEndpoint(db, {
      id: randomUUID(),
      name,
      description,
      effect: "write",
      method: "POST",
      url: `${url}/tools/${name}`,
      parameters: { type: "object", properties },
      body: {},
      sentence: "Done.",
      timeoutMs: 5_000,
    });
  }
  const id = randomUUID();
  const { target, secret } = webhook.create({
    kind: "webhook",
    name: "Chaos",
    afterMinutes: 0,
    quietHours: null,
    tellsUpdates: false,
    url: `${url}/alerts`,
  });
  await insertChannel(db, {
    id,
    kind: "webhook",
    name: "Chaos",
    target,
    sealedSecret: secret === null ? null : sealSecret(secret, id),
  });
}

/** Counts the requests for each effect, by its key. */
function countBy(received: readonly Received[], path: string, header: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path: to, headers } of received) {
    const key = headers[header];
    if (to.startsWith(path) && typeof key === "string") counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Returns the problems with outside effects, one sentence each, and the number of effects. */
export async function checkOutside(sql: Sql, received: readonly Received[]) {
  const problems: string[] = [];
  const effects = countBy(received, "/tools/", "idempotency-key");
  const twice = [...effects.values()].filter((count) => count > 1).length;
  if (twice > 0) problems.push(`${twice} tool effects happened more than once.`);
  const [tools] = await sql<{ done: number; unsure: number }[]>`
    select count(result)::int as done, count(*) filter (where result is null)::int as unsure from tool_effects`;
  if ((tools?.done ?? 0) > effects.size) {
    problems.push(`${tools?.done} tool effects are noted as done, but only ${effects.size} happened.`);
  }

  const sent = countBy(received, "/alerts", "webhook-id");
  const notifications = await sql<{ id: string; state: string }[]>`select id, state from notifications`;
  const unsent = notifications.filter(({ id, state }) => state === "sent" && !sent.has(id)).length;
  if (unsent > 0) problems.push(`${unsent} notifications are noted as sent and never came.`);
  // A notification whose alert is over before it was due need not be sent.
  const waiting = notifications.filter(({ state }) => state !== "sent" && state !== "skipped");
  if (waiting.length > 0)
    problems.push(
      `${waiting.length} notifications were not sent: ${waiting.map(({ state }) => state).join(", ")}.`,
    );
  const unknown = [...sent.keys()].filter((id) => !notifications.some((row) => row.id === id)).length;
  if (unknown > 0) problems.push(`${unknown} notifications came of which nothing is noted.`);
  const counts = {
    "tool effects": effects.size,
    "of them not known to have ended": tools?.unsure ?? 0,
    notifications: notifications.length,
    "of them sent again under the same id": [...sent.values()].filter((count) => count > 1).length,
  };
  return { problems, counts };
}
