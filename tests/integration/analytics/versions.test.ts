import { afterAll, beforeEach, expect, test } from "vitest";
import { versionCalls } from "@/tests/support/makers/version-calls";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const receiver = await startReceiver();
process.env.OUTGOING_ALLOWED_HOSTS = new URL(receiver.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { GET: compare } = await import("@/app/api/analytics/versions/route");
const { GET: listAlerts } = await import("@/app/api/analytics/version-alerts/route");
const { db } = await import("@/db/client");
const { notificationChannels } = await import("@/db/schema/alerts");
const { versionAlerts } = await import("@/db/schema/analytics");
const { callDocuments } = await import("@/db/schema/reports");
const { checkVersions } = await import("@/lib/analytics/server/versions");
const { versionComparisonSchema } = await import("@/lib/analytics/versions");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { makeWebhookChannel } = await import("@/tests/support/makers/make-webhook-channel");
const { saveFigures } = await import("@/tests/support/makers/save-figures");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

const { cookie } = await signedIn("viewer");
const now = new Date();
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const callsOf = versionCalls(now);

const sentBodies = () => receiver.received.map(({ body }) => JSON.parse(body));
const asked = async (query: string) => {
  const response = await compare(send(`/api/analytics/versions?${query}`, { cookie }));
  expect(response.status).toBe(200);
  return versionComparisonSchema.parse(await response.json());
};
const listed = async () =>
  (await (await listAlerts(send("/api/analytics/version-alerts", { cookie }))).json()).alerts;

beforeEach(async () => {
  receiver.received.length = 0;
  await db.delete(versionAlerts);
  await db.delete(notificationChannels);
  await makeWebhookChannel(receiver.url);
});

afterAll(() => receiver.stop());

test("versions: a version that hangs more opens one alert and notifies once, however often it is checked", async () => {
  await saveFigures([...callsOf("v7", 400, 200, 40), ...callsOf("v8", 150, 0, 8)]);
  await Promise.all([checkVersions(db, now), checkVersions(db, now)]);
  await checkVersions(db, now);
  await sendDue(db);
  expect(sentBodies()).toMatchObject([
    {
      type: "version.worse",
      data: {
        title: expect.stringMatching(/^Front desk v8 is worse: hang rate \+9\.5 pt \(\d+\.\d–\d+\.\d\)$/),
        detail: "150 calls, compared with 400 of v7",
        url: expect.stringContaining("/analytics?assistant=desk"),
        alert: null,
      },
    },
  ]);
  expect(await listed()).toMatchObject([
    { assistant: "desk", name: "Front desk", version: "v8", baseline: "v7" },
  ]);
});

test("versions: a version like its predecessor, or with too few earlier calls to compare, opens no alert", async () => {
  await saveFigures([...callsOf("v7", 400, 200, 40), ...callsOf("v8", 150, 0, 40)]);
  await checkVersions(db, now);
  await saveFigures([...callsOf("v7", 90, 200, 40), ...callsOf("v8", 150, 0, 3)]);
  await checkVersions(db, now);
  expect(await listed()).toEqual([]);
});

test("versions: an alert closes when other versions take the calls, and does not open again", async () => {
  const before = [...callsOf("v7", 400, 300, 40), ...callsOf("v8", 150, 120, 8)];
  await saveFigures(before);
  await checkVersions(db, minutesAgo(119));
  expect(await listed()).toHaveLength(1);
  await saveFigures([...before, ...callsOf("v7", 30, 0)]);
  await checkVersions(db, now);
  expect(await listed()).toEqual([]);
  expect(await db.select().from(versionAlerts)).toMatchObject([{ version: "v8", closedBecause: "gone" }]);
  await checkVersions(db, now);
  expect(await db.select().from(versionAlerts)).toHaveLength(1);
});

test("versions: an alert closes when calls no longer show that the version is worse", async () => {
  const before = callsOf("v7", 400, 900, 40);
  await saveFigures([...before, ...callsOf("v8", 150, 700, 8)]);
  await checkVersions(db, minutesAgo(699));
  await saveFigures([...before, ...callsOf("v8", 150, 700, 8), ...callsOf("v8", 690, 0)]);
  await checkVersions(db, now);
  expect(await db.select().from(versionAlerts)).toMatchObject([{ closedBecause: "no-longer-worse" }]);
  await sendDue(db);
  expect(sentBodies()).toEqual([]);
});

test("versions: two versions are compared side by side, by default the newest with the last one with enough calls", async () => {
  const figures = await saveFigures([
    ...callsOf("v6", 150, 700, 10),
    ...callsOf("v7", 20, 600),
    ...callsOf("v8", 100, 0).map((one, index) => ({
      ...one,
      transferred: index < 50 ? 1 : 0,
      reason: "voicemail",
    })),
  ]);
  const document = {
    callVersion: 1,
    assistant: "desk",
    number: "",
    durationSeconds: 60,
    costUsd: 0.1,
    hangs: 0,
    language: "english",
    wordRule: 1,
    words: "",
    createdAt: now,
  } as const;
  await db.insert(callDocuments).values(
    figures.map(({ callId, version }, index) => ({
      ...document,
      callId,
      isSuccess: version === "v8" ? index % 2 === 0 : true,
      endedGroup: version === "v8" && index % 4 === 0 ? ("provider-fault" as const) : null,
    })),
  );
  const { name, versions, comparison } = await asked("assistant=desk");
  expect(name).toBe("Front desk");
  expect(versions.map(({ version, calls }) => [version, calls])).toEqual([
    ["v8", 100],
    ["v7", 20],
    ["v6", 150],
  ]);
  expect(comparison).toMatchObject({ baseline: "v6", version: "v8", calls: { baseline: 150, version: 100 } });
  const of = (metric: string) => comparison?.metrics.find((each) => each.metric === metric);
  expect(of("hangRate")).toMatchObject({ baseline: 0.1, version: 0, verdict: "better" });
  expect(of("success")).toMatchObject({ baseline: 1, version: 0.5, verdict: "worse" });
  expect(of("failureRate")).toMatchObject({ baseline: 0, version: 0.25, verdict: "worse" });
  expect(of("containment")).toMatchObject({ baseline: 1, version: 0.5, verdict: "worse" });
  expect(of("response")?.version).toBeCloseTo(1_150);
  expect(of("cost")?.version).toBeCloseTo(0.12);
  expect(comparison?.reasons).toContainEqual({ code: "voicemail", baseline: 0, version: 100 });

  const chosen = await asked("assistant=desk&version=v7&baseline=v6");
  expect(chosen.comparison).toMatchObject({ baseline: "v6", version: "v7", calls: { version: 20 } });
  expect((await asked("assistant=nobody")).comparison).toBeNull();
});
