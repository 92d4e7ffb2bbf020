import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { listReports } from "@/db/queries/reports/list";
import { reportQuerySchema } from "@/lib/reports/filter";
import { postHistory } from "@/scripts/simulator/post-history";
import { deliver } from "@/tests/support/deliveries/deliver";
import { serve } from "@/tests/support/servers/serve";

// A thousand deliveries one by one take a while on a busy machine.
it("simulator: a posted history fills the archive with one call per day, and none is ever live", {
  timeout: 120_000,
}, async () => {
  let wasLive = false;
  const address = await serve(async (request, response) => {
    const body = (await buffer(request)).toString();
    const answer = await deliver(body, { conversation: request.url?.split("/").at(-1) ?? null });
    const [row] = await db.execute<{ live: number }>(
      "select count(*)::int as live from calls where status = 'in-progress'",
    );
    wasLive ||= (row?.live ?? 0) > 0;
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  await postHistory(
    { url: `http://${address}`, secret: "test-webhook-secret", calls: 12, days: 12 },
    new AbortController().signal,
  );
  const { reports } = await listReports(db, reportQuerySchema.parse({}), { isMasked: false });
  // Whether today has a call yet depends on the time of day.
  expect(reports.length).toBeGreaterThanOrEqual(11);
  expect(new Set(reports.map(({ call }) => call.createdAt.slice(0, 10))).size).toBe(reports.length);
  expect(reports.every(({ summary, call }) => summary !== null && call.durationSeconds !== null)).toBe(true);
  expect(wasLive).toBe(false);
});
