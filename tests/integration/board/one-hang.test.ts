import { expect, it } from "vitest";
import { db } from "@/db/client";
import { listAlerts } from "@/db/queries/alerts/read";
import { getCallDetail, listCalls } from "@/db/queries/calls/read";
import { refreshDocuments } from "@/db/queries/reports/documents";
import { streamReports } from "@/db/queries/reports/export";
import { listReports } from "@/db/queries/reports/list";
import { callFilterSchema } from "@/lib/calls/list";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import { boardChannel, callChannel } from "@/lib/realtime/push";
import { reportQuerySchema } from "@/lib/reports/filter";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { deliver } from "@/tests/support/deliveries/deliver";
import { type LiveCall, startLiveCall } from "@/tests/support/deliveries/live-call";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

const hangFields = ({ hangs, hangingSince }: { hangs: number; hangingSince: string | null }) => ({
  hangs,
  hangingSince,
});

/** A live call's hangs, as shown in each place. */
async function read({ callId }: LiveCall) {
  const [detail, { calls }, { alerts }] = await Promise.all([
    getCallDetail(db, callId),
    listCalls(db, callFilterSchema.parse({ state: "live" })),
    listAlerts(db, { callId, limit: 10 }),
  ]);
  const listed = calls.find(({ id }) => id === callId);
  if (!detail || !listed) throw new Error("The call is not known.");
  const open = detail.hangs.findLast(({ stoppedAt }) => stoppedAt === null);
  const drawn = { hangs: detail.hangs.length, hangingSince: open?.startedAt ?? null };
  return { page: hangFields(detail.call), list: hangFields(listed), drawn, alert: alerts[0]?.since ?? null };
}

it("hangs: two warnings before the assistant speaks are one hang, with one start on list, page, timeline, alert and push", async () => {
  const pushes = collectPushes(await join(await connectClient(testPusher.port), boardChannel));
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
    .poll(() => pushes.flatMap((push) => (push.kind === "call" ? [hangFields(push.call)] : [])).at(-1))
    .toEqual(one);
});

it("hangs: without speech updates, a hang starts at the newest line, live and in the archive", async () => {
  const call = startLiveCall();
  await call.answered(60);
  await deliver(call.body((options) => transcriptFinal("user", "Are you there?", options), 20));
  await call.hangs(15);
  const since = call.isoAgo(20);
  const one = { hangs: 1, hangingSince: since };
  expect(await read(call)).toEqual({ page: one, list: one, drawn: one, alert: since });
  await call.ended(5);
  const detail = await getCallDetail(db, call.callId);
  expect(detail?.hangs).toMatchObject([{ startedAt: since, stoppedAt: call.isoAgo(5) }]);
});

it("hangs: a hang ended only by an assistant's line has the same span on page, push and alert, and one count in archive and export", async () => {
  await db.$client`truncate calls cascade`;
  const call = startLiveCall();
  const { callId, isoAgo } = call;
  await call.answered(60);
  await call.starts("user", 40);
  await call.stops("user", 37);
  await call.hangs(32);
  const before = await getCallDetail(db, callId);
  const final = call.body((options) => transcriptFinal("assistant", "I am back.", options), 28);
  const pushes = collectPushes(await join(await connectClient(testPusher.port), callChannel(callId)));
  await deliver(final);
  await call.hangs(20);
  const hangs = [
    { startedAt: isoAgo(37), warnedAt: isoAgo(32), stoppedAt: isoAgo(28), warnings: 1 },
    { startedAt: isoAgo(28), warnedAt: isoAgo(20), stoppedAt: null, warnings: 1 },
  ];
  const page = await getCallDetail(db, callId);
  expect(page?.hangs).toEqual(hangs);
  if (!before) throw new Error("The call is not known.");
  const applied = () => pushes.reduce((detail, push) => applyPushToDetail(detail, push).next, before);
  await expect.poll(() => applied().hangs).toEqual(hangs);
  const open = { hangs: 2, hangingSince: isoAgo(28) };
  expect(await read(call)).toEqual({ page: open, list: open, drawn: open, alert: isoAgo(28) });

  await call.ended(10);
  await refreshDocuments(db, [callId]);
  const detail = await getCallDetail(db, callId);
  expect(detail?.hangs).toEqual(hangs.map((hang) => ({ ...hang, stoppedAt: hang.stoppedAt ?? isoAgo(10) })));
  const { alerts } = await listAlerts(db, { callId, limit: 10 });
  const hanging = alerts.filter(({ kind }) => kind === "hang");
  expect(hanging.map(({ since, closedAt }) => [since, closedAt]).reverse()).toEqual(
    detail?.hangs.map(({ startedAt, stoppedAt }) => [startedAt, stoppedAt]),
  );
  const { calls } = await listCalls(db, callFilterSchema.parse({ state: "ended" }));
  const query = reportQuerySchema.parse({ ids: callId });
  const { reports } = await listReports(db, query, { isMasked: false });
  const exported: number[] = [];
  const all = { isMasked: false, batch: 10, withTranscripts: false };
  for await (const rows of streamReports(db, query, all)) exported.push(...rows.map((row) => row.hangs));
  expect([detail?.call.hangs, calls[0]?.hangs, reports[0]?.call.hangs, ...exported]).toEqual([2, 2, 2, 2]);
});

it("hangs: a warning stamped after the call's end is not counted on the page, in the list or in the archive", async () => {
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
