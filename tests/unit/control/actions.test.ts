import { expect, test } from "vitest";
import { maskAction } from "@/lib/calls/mask";
import { joinAction, type OperatorAction } from "@/lib/control/action";
import { describeAction } from "@/lib/control/describe";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import { maskPush } from "@/lib/realtime/mask-push";
import { coalesce, slotOf } from "@/lib/realtime/server/pack";
import { makeDetail } from "@/tests/support/makers/make-detail";

const callId = makeDetail().call.id;
const pending: OperatorAction = {
  id: "9d0ed5a4-62e5-4f0c-9c7b-5d4d1d7b9a10",
  callId,
  action: "say",
  by: { id: "1", name: "Ana" },
  at: "2026-01-15T09:00:05.000Z",
  text: "Sorry, Maya.",
  target: null,
  outcome: "pending",
  detail: "",
};
const done: OperatorAction = { ...pending, outcome: "done", detail: "Done." };
const push = (action: OperatorAction) => ({ kind: "operator-action", action }) as const;

test.each<[Partial<OperatorAction>, string]>([
  [{}, "Ana said: Sorry, Maya."],
  [{ text: null }, "Ana spoke to the caller"],
  [{ action: "whisper", text: "Offer a refund." }, "Ana whispered: Offer a refund."],
  [{ action: "whisper", text: null }, "Ana whispered to the assistant"],
  [{ action: "mute", text: null, target: "customer" }, "Ana muted the caller"],
  [{ action: "unmute", text: null, target: "assistant" }, "Ana unmuted the assistant"],
  [{ action: "transfer", text: null, target: "Billing" }, "Ana transferred the call to Billing"],
  [{ action: "transfer", text: "Bye.", target: null }, "Ana transferred the call, after saying: Bye."],
  [{ action: "handoff", text: null, target: "Nora" }, "Ana handed the call off to Nora"],
  [{ action: "end", text: null }, "Ana ended the call"],
  [{ action: "end", text: null, outcome: "failed" }, "Ana ended the call (failed)"],
  [{ action: "end", text: null, outcome: "unknown" }, "Ana ended the call (not confirmed)"],
])("operator actions: %o is described as “%s”", (differences, words) => {
  expect(describeAction({ ...done, ...differences })).toBe(words);
});

test("operator actions: a settled action stays settled in whatever order its pushes arrive", () => {
  expect([joinAction(pending, done), joinAction(done, pending)]).toEqual([done, done]);
  for (const [first, second] of [
    [pending, done],
    [done, pending],
  ] as const) {
    expect(coalesce(push(first), push(second))).toEqual(push(done));
    const once = applyPushToDetail(makeDetail(), push(first)).next;
    const { next, stale } = applyPushToDetail(once, push(second));
    expect([next.operatorActions, stale]).toEqual([[done], false]);
    expect(applyPushToDetail(next, push(second)).next).toBe(next);
  }
});

test("operator actions: an action on another call changes nothing on this call", () => {
  const detail = makeDetail();
  expect(applyPushToDetail(detail, push({ ...done, callId: "another" })).next).toBe(detail);
});

test("operator actions: pushes of two actions never replace each other", () => {
  const [channel, other] = ["private-board", { ...done, id: "b0c2b8a0-3f5e-4c9b-8a59-0f3f3a1d2e11" }];
  expect(slotOf({ channel, push: push(done) })).not.toBe(slotOf({ channel, push: push(other) }));
});

test("operator actions: a viewer sees who acted, but no caller names or numbers", () => {
  const transfer = { ...done, action: "transfer", target: "+15550100977" } as const;
  const masked = { ...transfer, text: "Sorry, •••.", target: "•••77" };
  expect(maskAction(transfer, ["Maya Okafor"])).toEqual(masked);
  expect(maskPush(push(transfer), ["Maya Okafor"])).toEqual(push(masked));
});
