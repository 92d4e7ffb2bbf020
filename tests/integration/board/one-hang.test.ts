import { expect, it } from "vitest";
import { db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { getCallDetail, listCalls } from "@/db/queries/calls/read";
import { refreshDocuments } from "@/db/queries/reports/documents";
import { listReports } from "@/db/queries/reports/list";
import { callFilterSchema } from "@/lib/calls/list";
import { callHangs } from "@/lib/calls/turns";
import { boardChannel } from "@/lib/realtime/push";
import { reportQuerySchema } from "@/lib/reports/filter";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { deliver } from "@/tests/support/deliveries/deliver";
import { type LiveCall, startLiveCall } from "@/tests/support/deliveries/live-call";
import { hearPushes, join } from "@/tests/support/servers/hear-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

const told = ({ hangs, hangingSince }: { hangs: number; hangingSince: string | null }) => ({
  hangs,
  hangingSince,
});

/** What each place says of a live call's hangs. */
async function read({ callId }: LiveCall) {
  const [detail, { calls }, { alerts }] = await Promise.all([
    getCallDetail(db, callId),
    listCalls(db, callFilterSchema.parse({ state: "live" })),
    listAlerts(db, { callId, limit: 10 }),
  ]);
  const listed = calls.find(({ id }) => id === callId);
  if (!detail || !listed) throw new Error("The call is not known.");
  const episodes = callHangs(detail.call, detail.marks);
  const drawn = { hangs: episodes.length, hangingSince: episodes.at(-1)?.startedAt ?? null };
  return { page: told(detail.call), list: told(listed), drawn, alert: alerts[0]?.since ?? null };
}

it("one hang that Vapi warned of twice is one, as long, on board, page, timeline, alert and push", async () => {
  const heard = hearPushes(await join(await connectClient(testPusher.port), boardChannel));
  const call = startLiveCall();
  await call.answered(60);
  await call.starts("user", 40);
  await call.stops("user", 37);
  await call.hangs(32);
  await call.starts("user", 30);
  await call.stops("user", 28);
  await call.hangs(27);
  const since = call.isoAgo(37);
  const one = { hangs: 1, hangingSince: since };
  expect(await read(call)).toEqual({ page: one, list: one, drawn: one, alert: since });
  await expect
    .poll(() => heard.flatMap((push) => (push.kind === "call" ? [told(push.call)] : [])).at(-1))
    .toEqual(one);
});

it("a hang of a call whose speech nobody tells of lasts since the newest line, live and in the archive", async () => {
  const call = startLiveCall();
  await call.answered(60);
  await deliver(call.body((options) => transcriptFinal("user", "Are you there?", options), 20));
  await call.hangs(15);
  const since = call.isoAgo(20);
  const one = { hangs: 1, hangingSince: since };
  expect(await read(call)).toEqual({ page: one, list: one, drawn: one, alert: since });
  await call.ended(5);
  const detail = await getCallDetail(db, call.callId);
  if (!detail) throw new Error("The call is not known.");
  expect(callHangs(detail.call, detail.marks)).toMatchObject([
    { startedAt: since, stoppedAt: call.isoAgo(5) },
  ]);
});

it("a warning that comes after the call's end is no hang, on page, list and in the archive", async () => {
  await db.$client`truncate calls cascade`;
  const call = startLiveCall();
  await call.answered(60);
  await call.ended(30);
  await call.hangs(20);
  await refreshDocuments(db, [call.callId]);
  const detail = await getCallDetail(db, call.callId);
  const { calls } = await listCalls(db, callFilterSchema.parse({ state: "ended" }));
  const query = reportQuerySchema.parse({ ids: call.callId });
  const { reports } = await listReports(db, query, { isMasked: false });
  expect([detail?.call, ...calls, reports[0]?.call].map((each) => each?.hangs)).toEqual([0, 0, 0]);
});
