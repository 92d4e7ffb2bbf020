import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { startReceiver } from "@/tests/support/servers/start-receiver";

let status = 200;
const outside = await startReceiver(() => ({ status }));
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { notificationChannels, notifications } = await import("@/db/schema/alerts");
const { createChannel } = await import("@/lib/notifications/server/manage");
const { sendDue } = await import("@/lib/notifications/server/send-due");
const { startLiveCall } = await import("@/tests/support/deliveries/live-call");
const { withoutIncidents } = await import("@/tests/support/deliveries/without-incidents");
const { tester } = await import("@/tests/support/makers/make-credential");

await withoutIncidents();

const addHook = (url = `${outside.url}/hook`) =>
  createChannel(db, { kind: "webhook", name: "hook", url, afterMinutes: 0, quietHours: null }, tester);

afterEach(async () => {
  status = 200;
  outside.received.length = 0;
  await db.delete(notificationChannels);
});

afterAll(() => outside.stop());

async function hangNow(): Promise<void> {
  const call = startLiveCall();
  await call.answered(30);
  await call.hangs(12);
}

/** The only notification. */
async function readRow() {
  const [row, ...others] = await db.select().from(notifications);
  expect(others).toEqual([]);
  if (!row) throw new Error("There is no notification.");
  return row;
}

/** Lets the time of the next attempt come now. */
async function attemptAgain(): Promise<void> {
  await db.update(notifications).set({ dueAt: sql`now()` }).where(eq(notifications.state, "waiting"));
  await sendDue(db);
}

/** In seconds. A pause may measure longer on a slow machine, and counts as the step below it. */
const steps = [15, 30, 60, 120, 240, 480, 960, 1_800];

/** The step that the next attempt waits for, from the last failure on. */
async function nextPause(): Promise<number | undefined> {
  const { dueAt, failures } = await readRow();
  const seconds = (dueAt.getTime() - Date.parse(failures.at(-1)?.at ?? "")) / 1_000;
  return steps.findLast((step) => step <= seconds);
}

describe("notifications: a failed attempt", () => {
  test("is repeated under the same ID until the notification arrives, and not before its time", async () => {
    await addHook();
    status = 500;
    await hangNow();
    await sendDue(db);
    expect(await readRow()).toMatchObject({
      state: "waiting",
      attempts: 1,
      failures: [{ why: "The server answered 500." }],
    });
    expect(outside.received).toHaveLength(1);
    await attemptAgain();
    status = 200;
    await attemptAgain();
    await attemptAgain();
    expect(await readRow()).toMatchObject({ state: "sent", attempts: 3, failures: [{}, {}] });
    expect(new Set(outside.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(outside.received).toHaveLength(3);
  });

  test("is repeated after growing pauses; after the tenth the notification has failed, and every reason is kept", async () => {
    await addHook();
    status = 401;
    await hangNow();
    const pauses = [await nextPause()];
    for (let attempt = 2; attempt <= 9; attempt += 1) {
      status = 400 + attempt;
      await attemptAgain();
      pauses.push(await nextPause());
    }
    expect(pauses).toEqual([15, 30, 60, 120, 240, 480, 960, 1_800, 1_800]);
    status = 503;
    await attemptAgain();
    const failed = await readRow();
    expect(failed).toMatchObject({ state: "failed", attempts: 10, settledAt: expect.any(Date) });
    expect(failed.failures.map(({ why }) => why)).toEqual(
      [401, 402, 403, 404, 405, 406, 407, 408, 409, 503].map((code) => `The server answered ${code}.`),
    );
    await attemptAgain();
    expect(await readRow()).toEqual(failed);
    expect(outside.received).toHaveLength(10);
  });

  test("at a redirect is not followed", async () => {
    await addHook();
    status = 307;
    await hangNow();
    expect(await readRow()).toMatchObject({ failures: [{ why: "The server answered 307." }] });
  });

  test("at an internal network address requests nothing, and the log gives the reason", async () => {
    await addHook("https://169.254.169.254/x");
    await hangNow();
    expect(await readRow()).toMatchObject({
      failures: [{ why: expect.stringContaining("not on the public internet") }],
    });
  });
});
