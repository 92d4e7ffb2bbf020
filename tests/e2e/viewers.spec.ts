import { randomBytes } from "node:crypto";
import { z } from "zod";
import { pages } from "@/lib/auth/permissions";
import { ask } from "@/tests/support/deliveries/ask";
import { expect, test } from "@/tests/support/e2e";
import { adminRequests, inviteNewcomer } from "@/tests/support/e2e/newcomer";
import { postPastCall } from "@/tests/support/e2e/past-call";

/** Unique to this run: a conversation named by an earlier run outlives its calls. */
const suffix = [...randomBytes(6)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
const name = `Quentin${suffix} Zebulonsky${suffix}`;
const traces = new RegExp(`Quentin${suffix}|Zebulonsky${suffix}|482913`, "i");
const callSchema = z.object({ call: z.object({ conversationUuid: z.string() }) });

/** Opens an incident of one call, with a note that names its caller. */
async function openIncident(databaseUrl: string, callId: string): Promise<string> {
  const cause = {
    kind: "provider",
    value: "Twilio",
    label: "Twilio",
    evidence: { with: none, without: none },
  };
  const [incident] = await ask(
    databaseUrl,
    (sql) => sql<{ id: string }[]>`
      with incident as (
        insert into incidents (cause, outcome, call_count, failed_count, since, opened_at, last_at, closed_at)
        values (${sql.json(cause)}, 'recovered', 1, 1, now(), now(), now(), now()) returning id
      ), member as (
        insert into incident_members (incident_id, signal_id, call_id, kind, at, ended_at)
        select id, ${callId}, ${callId}, 'failure', now(), now() from incident
      ), note as (
        insert into incident_acts (incident_id, kind, by, at, text)
        select id, 'note', ${sql.json({ id: "olga", name: "Olga Operator" })}, now(), ${`Told ${name}`} from incident
      )
      select id from incident`,
  );
  return incident?.id ?? "";
}

const none = { failed: 0, total: 0 };

test("viewers: no page shows the caller's name, regardless of the field that contains it", {
  tag: "@once",
}, async ({ app, postEvent }) => {
  const analysis = {
    summary: `${name} asked about 482913.`,
    successEvaluation: `Satisfied, says ${name}`,
    structuredData: `${name}, 482913`,
  };
  const callId = await postPastCall(postEvent, { customer: { name }, analysis });
  const admin = await adminRequests(app.url);
  const { call } = callSchema.parse(await (await admin.get(`/api/calls/${callId}`)).json());
  const changed = await admin.patch(`/api/conversations/${call.conversationUuid}`, {
    headers: { "if-match": '"1"' },
    data: { name: `Of ${name}`, context: { [`note by ${name}`]: 482913 } },
  });
  expect(changed.status()).toBe(200);
  const tagged = await admin.put(`/api/calls/${callId}/review`, { data: { tags: [name.toLowerCase()] } });
  expect(tagged.status()).toBe(200);
  await admin.dispose();

  const [viewer, operator] = [
    await inviteNewcomer(app.url, "viewer"),
    await inviteNewcomer(app.url, "operator"),
  ];
  const read = async (path: string, { cookie }: { cookie: string }) => {
    const response = await fetch(new URL(path, app.url), { headers: { cookie } });
    expect(response.status).toBe(200);
    return response.text();
  };
  const incidentId = await openIncident(app.databaseUrl, callId);
  const seen = Object.entries(pages).filter(
    ([, access]) => access === "calls.view" || access === "account.own",
  );
  for (const [pattern] of seen) {
    const path = pattern
      .replace("[callId]", callId)
      .replace("[uuid]", call.conversationUuid)
      .replace("[incidentId]", incidentId);
    const shown = traces.exec(await read(path, viewer));
    expect(`${pattern}: ${shown?.[0] ?? "nothing"}`).toBe(`${pattern}: nothing`);
  }
  for (const path of [
    `/calls/${callId}`,
    `/incidents/${incidentId}`,
    `/conversations/${call.conversationUuid}`,
    "/conversations",
    "/reports",
  ])
    expect(await read(path, operator)).toMatch(traces);
});

test("realtime: a page rejoins and keeps receiving updates after another person signs out", {
  tag: "@once",
}, async ({ app, page, postEvent }) => {
  await page.goto("/");
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  const headers = { cookie: (await inviteNewcomer(app.url, "operator")).cookie, origin: app.url };
  const asked = await fetch(`${app.url}/api/pusher/generation`, { headers });
  const { generation } = z.object({ generation: z.string() }).parse(await asked.json());
  const joining = await fetch(`${app.url}/api/pusher/auth`, {
    method: "POST",
    headers,
    body: new URLSearchParams({ socket_id: "1.2", channel_name: `private-board@${generation}` }),
  });
  expect(joining.status).toBe(200);
  const rejoined = page.waitForResponse(
    (response) =>
      response.url().endsWith("/api/pusher/auth") &&
      !(response.request().postData() ?? "").includes(generation),
  );
  const signedOut = await fetch(`${app.url}/api/auth/sign-out`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: "{}",
  });
  expect(signedOut.status).toBe(200);
  expect((await rejoined).status()).toBe(200);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  const callId = crypto.randomUUID();
  await postEvent(crypto.randomUUID(), {
    type: "status-update",
    status: "in-progress",
    timestamp: Date.now(),
    call: { id: callId, type: "webCall", createdAt: new Date().toISOString() },
    assistant: { id: "assistant-after", name: "After the rotation" },
  });
  await expect(page.getByText("After the rotation").filter({ visible: true }).first()).toBeVisible();
});
