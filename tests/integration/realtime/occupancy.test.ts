import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { POST as authorizeChannel } from "@/app/api/pusher/auth/route";
import { GET as listWatchers } from "@/app/api/watchers/route";
import { db } from "@/db/client";
import { users } from "@/db/schema/auth";
import { occupiedChannels } from "@/db/schema/operations";
import type { Push } from "@/lib/realtime/push";
import { boardChannel, callChannel, maskedChannel, presenceChannel } from "@/lib/realtime/push";
import { updateOccupancy } from "@/lib/realtime/server/occupancy";
import { published } from "@/lib/realtime/server/pusher-client";
import {
  answerPusherWebhook,
  reconcileOccupancy,
  recordWatchers,
} from "@/lib/realtime/server/pusher-webhook";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { collectPushes, join, realName } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher, testPusherApp } from "@/tests/support/servers/test-pusher";

const clear = () => db.delete(occupiedChannels);
beforeEach(clear);
afterEach(clear);

/** Posts a webhook like Pusher does. */
async function postWebhook(events: object[], { timeMs = Date.now(), secret = testPusherApp.secret } = {}) {
  const body = JSON.stringify({ time_ms: timeMs, events });
  const { response, later } = await answerPusherWebhook(
    new Request("http://localhost:3000/api/pusher/webhook", {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-pusher-key": testPusherApp.key,
        "x-pusher-signature": createHmac("sha256", secret).update(body).digest("hex"),
      },
    }),
  );
  await later;
  return response;
}

async function listen(name: string): Promise<Push[]> {
  return collectPushes(await join(await connectClient(testPusher.port), name));
}

const partial = (call: ReturnType<typeof startLiveCall>, words: string) =>
  call.tell((options) => transcriptPartial("user", words, options))(1);

/** Sends finals one second apart, the last of them a second ago. */
async function say(call: ReturnType<typeof startLiveCall>, ...texts: string[]): Promise<void> {
  for (const [index, text] of texts.entries())
    await call.tell((options) => transcriptFinal("user", text, options))(texts.length - index);
}

const openBoard = async () =>
  updateOccupancy([{ channel: await realName(boardChannel), isOccupied: true, at: new Date() }]);

/** Number of events sent to Pusher during an action. */
async function count(act: () => Promise<unknown>): Promise<number> {
  const before = published.sent;
  await act();
  return published.sent - before;
}

describe("realtime: channels without a subscriber get nothing", () => {
  test("a partial is sent only while its call is watched", async () => {
    const call = startLiveCall();
    await call.answered(5);
    await openBoard();
    expect(await count(() => partial(call, "I"))).toBe(0);
    await postWebhook([{ name: "channel_occupied", channel: await realName(callChannel(call.callId)) }]);
    const pushes = await listen(callChannel(call.callId));
    expect(await count(() => partial(call, "I need"))).toBe(1);
    await expect.poll(() => pushes).toMatchObject([{ kind: "partial", partial: { text: "I need" } }]);
    await postWebhook([{ name: "channel_vacated", channel: await realName(callChannel(call.callId)) }]);
    expect(await count(() => partial(call, "I need an"))).toBe(0);
  });

  test("an event of an unwatched call takes one message, for the board", async () => {
    const call = startLiveCall();
    await openBoard();
    expect(await count(() => call.answered(5))).toBe(1);
  });

  test("with no page open, a whole call sends no message", async () => {
    const call = startLiveCall();
    await updateOccupancy([{ channel: callChannel("another"), isOccupied: true, at: new Date() }]);
    const whole = async () => {
      await call.answered(20);
      await call.hangs(8);
      await call.ended(1);
    };
    expect(await count(whole)).toBe(0);
  });

  test("lines of a call reach the board with the next status change, in one message", async () => {
    const call = startLiveCall();
    await openBoard();
    const pushes = await listen(boardChannel);
    await call.answered(5);
    expect(await count(() => say(call, "One.", "Two.", "Three."))).toBe(0);
    expect(await count(() => call.ended(1))).toBe(1);
    await expect
      .poll(() => pushes.at(-1))
      .toMatchObject({ kind: "call", call: { status: "ended", lastLine: { text: "Three." } } });
  });

  test.each([1, 3])(
    "lines of %d calls reach the board without a status change, in one message",
    async (number) => {
      const calls = Array.from({ length: number }, startLiveCall);
      await openBoard();
      const pushes = await listen(boardChannel);
      for (const call of calls) await call.answered(5);
      const sentBefore = published.sent;
      for (const call of calls) await say(call, "One.", "Two.", "Three.");
      const said = calls.map(({ callId }) => ({ id: callId, text: "Three." }));
      await expect
        .poll(
          () =>
            pushes.flatMap((push) =>
              push.kind === "call" ? [{ id: push.call.id, text: push.call.lastLine?.text }] : [],
            ),
          { timeout: 15_000 },
        )
        .toEqual(expect.arrayContaining(said));
      expect(published.sent - sentBefore).toBe(1);
    },
  );

  test("simultaneous events of 30 calls share messages to the board", async () => {
    const calls = Array.from({ length: 30 }, startLiveCall);
    await openBoard();
    const pushes = await listen(boardChannel);
    const sent = await count(() => Promise.all(calls.map((call) => call.answered(5))));
    expect(sent).toBeLessThan(calls.length);
    await expect
      .poll(() => new Set(pushes.map((push) => push.kind === "call" && push.call.id)).size)
      .toBe(30);
  });

  test("viewers get masked numbers, on a channel of their own", async () => {
    const call = startLiveCall();
    const masked = maskedChannel(boardChannel);
    await postWebhook([{ name: "channel_occupied", channel: await realName(masked) }]);
    const pushes = await listen(masked);
    await call.answered(5);
    await expect.poll(() => pushes).toMatchObject([{ kind: "call", call: { customerNumber: "•••03" } }]);
  });
});

describe("realtime: channel occupancy", () => {
  test("begins when a page is authorized, before Pusher reports it", async () => {
    const call = startLiveCall();
    const { cookie } = await signedIn("operator");
    await authorizeChannel(
      new Request("http://localhost:3000/api/pusher/auth", {
        method: "POST",
        headers: {
          origin: "http://localhost:3000",
          cookie,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({
          socket_id: "1.2",
          channel_name: await realName(callChannel(call.callId)),
        }),
      }),
    );
    expect(await count(() => partial(call, "I"))).toBe(1);
  });

  test("follows the newest notice, regardless of arrival order", async () => {
    const channel = "private-call-1";
    const at = Date.now();
    await postWebhook([{ name: "channel_vacated", channel }], { timeMs: at });
    await postWebhook([{ name: "channel_occupied", channel }], { timeMs: at - 1_000 });
    const [row] = await db.select().from(occupiedChannels).where(eq(occupiedChannels.channel, channel));
    expect(row).toMatchObject({ isOccupied: false, at: new Date(at) });
  });

  test("is read from Pusher when its webhooks were lost", async () => {
    const long = new Date(Date.now() - 60_000);
    await updateOccupancy([{ channel: "private-call-left", isOccupied: true, at: long }]);
    await listen("private-call-watched");
    const watched = await realName("private-call-watched");
    await reconcileOccupancy(db);
    const rows = await db.select().from(occupiedChannels);
    const occupied = rows.filter(({ isOccupied }) => isOccupied).map(({ channel }) => channel);
    expect(occupied.sort()).toEqual([boardChannel, watched]);
  });

  test("follows a webhook from seconds ago rather than Pusher's answer, which may be older", async () => {
    const channel = "private-call-just-opened";
    await updateOccupancy([{ channel, isOccupied: true, at: new Date() }]);
    await reconcileOccupancy(db);
    const [row] = await db.select().from(occupiedChannels).where(eq(occupiedChannels.channel, channel));
    expect(row?.isOccupied).toBe(true);
  });

  test("is assumed while unknown, so that everything is sent", async () => {
    const call = startLiveCall();
    await updateOccupancy([]);
    expect(await count(() => partial(call, "I"))).toBeGreaterThan(0);
  });
});

describe("Pusher's webhook", () => {
  test("is accepted only when signed with the app's secret", async () => {
    const events = [{ name: "channel_occupied", channel: "private-call-1" }];
    expect((await postWebhook(events, { secret: "somebody-else's" })).status).toBe(401);
    expect(await db.select().from(occupiedChannels)).toEqual([]);
    expect((await postWebhook(events)).status).toBe(200);
  });

  test("ignores unknown events", async () => {
    expect((await postWebhook([{ name: "client_event", channel: "x" }, { name: "cache_miss" }])).status).toBe(
      200,
    );
  });
});

test("realtime: the people who have a call open are pushed to the board and listed by the API", async () => {
  const call = startLiveCall();
  const { id, cookie } = await signedIn("operator");
  const channel = await realName(presenceChannel(call.callId));
  const pushes = await listen(boardChannel);
  const at = new Date();
  await recordWatchers([{ channel, userId: id, isPresent: true, at }]);
  const somebody = [{ id, name: "operator" }];
  await expect
    .poll(() => pushes)
    .toMatchObject([{ kind: "watchers", callId: call.callId, watchers: somebody }]);
  const read = async () => {
    const response = await listWatchers(send("/api/watchers", { cookie }));
    return (await response.json()).watchers[call.callId];
  };
  expect(await read()).toEqual(somebody);
  await recordWatchers([{ channel, userId: id, isPresent: false, at: new Date(at.getTime() + 1) }]);
  await recordWatchers([{ channel, userId: id, isPresent: true, at }]);
  expect(await read()).toBeUndefined();
});

test("realtime: a blocked person is not shown as watching, even while their page is open", async () => {
  const call = startLiveCall();
  const [{ id }, { cookie }] = await Promise.all([signedIn("operator"), signedIn("operator")]);
  const read = async () => {
    const response = await listWatchers(send("/api/watchers", { cookie }));
    return (await response.json()).watchers[call.callId];
  };
  const channel = await realName(presenceChannel(call.callId));
  await recordWatchers([{ channel, userId: id, isPresent: true, at: new Date() }]);
  expect(await read()).toHaveLength(1);
  await db.update(users).set({ banned: true }).where(eq(users.id, id));
  expect(await read()).toBeUndefined();
});
