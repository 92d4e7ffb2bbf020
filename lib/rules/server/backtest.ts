import "server-only";
import type { Database } from "@/db/client";
import { findRule, historyDays, listPastCalls, readCallRecords, updateRule } from "@/db/queries/rules";
import { callTitle, staleAfterMs } from "@/lib/calls/call";
import { findFirings } from "@/lib/rules/evaluate";
import { toRuleFacts } from "@/lib/rules/facts";
import type { Backtest, StoredRule } from "@/lib/rules/rule";

const chunk = 100;
const mostCalls = 5_000;
/** Someone waits for the answer, and serverless functions have a time limit. */
const mostMs = 8_000;
const mostHits = 100;

type Tested = Pick<StoredRule, "scope" | "when">;

/**
 * Counts how often a rule would have fired in the last 30 days, newest calls first, evaluated as for live calls. Reads
 * a hundred calls at a time and stops at its limits; the answer says how far it got.
 */
export async function backtest(db: Database, rule: Tested, now = Date.now()): Promise<Backtest> {
  const deadline = now + mostMs;
  const tested: Backtest = {
    days: historyDays,
    calls: 0,
    isComplete: false,
    since: null,
    firings: 0,
    callsWithFirings: 0,
    hits: [],
  };
  let last: { createdAt: Date; id: string } | null = null;
  while (tested.calls < mostCalls && Date.now() < deadline) {
    const page = await listPastCalls(db, last, chunk);
    const read = await readCallRecords(
      db,
      page.map(({ id }) => id),
    );
    const byId = new Map(read.map((call) => [call.row.id, call]));
    for (const { id } of page) {
      const call = byId.get(id);
      if (!call) continue;
      tested.calls += 1;
      const until = Math.min(now, call.row.lastEventAt.getTime() + staleAfterMs);
      const firings = findFirings(rule, toRuleFacts(call.record, until));
      tested.firings += firings.length;
      if (firings.length > 0) tested.callsWithFirings += 1;
      const room = mostHits - tested.hits.length;
      tested.hits.push(
        ...firings.slice(0, room).map(({ sign }) => ({
          callId: id,
          title: callTitle(call.record.call),
          assistantName: call.row.assistantName,
          at: new Date(sign.at).toISOString(),
          text: sign.text,
        })),
      );
    }
    last = page.at(-1) ?? last;
    tested.since = last?.createdAt.toISOString() ?? null;
    if (page.length < chunk) return { ...tested, isComplete: true };
  }
  return tested;
}

/** Back-tests a stored rule, which may then be allowed live actions; null if there is no such rule. */
export async function backtestRule(db: Database, id: string): Promise<Backtest | null> {
  const rule = await findRule(db, id);
  if (!rule) return null;
  const tested = await backtest(db, rule);
  const isSame = await db.transaction(async (tx) => {
    const after = await findRule(tx, id, true);
    // A rule that changed during the test has not been tested.
    if (
      JSON.stringify([after?.scope, after?.when, after?.do]) !==
      JSON.stringify([rule.scope, rule.when, rule.do])
    )
      return false;
    await updateRule(tx, id, { testedAt: new Date() });
    return true;
  });
  return isSame ? tested : backtestRule(db, id);
}
