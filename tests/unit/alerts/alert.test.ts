import { describe, expect, test } from "vitest";
import { applyActionOptimistically } from "@/lib/alerts/actions";
import {
  type ActionRequest,
  type Alert,
  alertState,
  chooseAlertPerCall,
  isOngoing,
  maskAlert,
  noActions,
  readAlertId,
  toAlertId,
} from "@/lib/alerts/alert";
import { alertFilterSchema } from "@/lib/alerts/filter";
import { alertLabel, alertRules, describeAlert } from "@/lib/alerts/rules";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeAlert } from "@/tests/support/makers/make-alert";

const amy = { id: "amy", name: "Amy" };
const ben = { id: "ben", name: "Ben" };
const now = Date.parse(atSecond(30));
const done = { by: amy, at: atSecond(20) };
const withActs = (acts: Partial<Alert["acts"]>, differences: Partial<Alert> = {}) =>
  makeAlert({ acts: { ...noActions, ...acts }, ...differences });

describe("the alert that stands for a call with several", () => {
  const chosen = (...alerts: Alert[]) =>
    [alerts, alerts.toReversed()].map((list) => chooseAlertPerCall(list, now).get(makeAlert().callId));

  test("is a new, unacknowledged one although an acknowledged one is older, in any order of the list", () => {
    const seen = withActs({ acknowledged: done }, { since: atSecond(8) });
    const fresh = makeAlert({ since: atSecond(20) });
    expect(chosen(seen, fresh)).toEqual([fresh, fresh]);
  });

  test("is the oldest of equal state, and a resolved one only without any other", () => {
    const [older, newer] = [makeAlert({ since: atSecond(8) }), makeAlert({ since: atSecond(20) })];
    const resolved = withActs({ resolved: done }, { since: atSecond(2) });
    expect(chosen(newer, older, resolved)).toEqual([older, older]);
    expect(chosen(resolved)).toEqual([resolved, resolved]);
  });

  test("is chosen for each call by itself", () => {
    const [one, two] = [makeAlert({ callId: "one" }), makeAlert({ callId: "two" })];
    expect([...chooseAlertPerCall([one, two], now).keys()].sort()).toEqual(["one", "two"]);
  });
});

describe("an alert's ID", () => {
  test("contains its call and start time, for any call ID", () => {
    for (const callId of ["0195a0aa-0000-7000-8000-000000000001", "a~b", "a~17"])
      expect(readAlertId(toAlertId(callId, atSecond(8)))).toEqual({
        callId,
        sinceMs: Date.parse(atSecond(8)),
        isRule: false,
      });
  });

  test("differs by the rule that fired, since several may fire at once", () => {
    expect(toAlertId("call", atSecond(8), "rule-1")).not.toBe(toAlertId("call", atSecond(8), "rule-2"));
    expect(toAlertId("call", atSecond(8))).toBe(`call~${Date.parse(atSecond(8))}`);
    const ruleId = "0195a0aa-0000-7000-8000-000000000002";
    expect(readAlertId(toAlertId("call", atSecond(8), ruleId))).toEqual({
      callId: "call",
      sinceMs: Date.parse(atSecond(8)),
      isRule: true,
    });
  });

  test.each(["", "call", "call~", "~123", "call~12a", "call~12 ", " ~", `call~${"1".repeat(17)}`, "call~-1"])(
    "cannot be read from %j",
    (text) => {
      expect(readAlertId(text)).toBeNull();
    },
  );
});

describe("a page of alerts", () => {
  test("continues after the last alert of the previous page, by its opening time and ID", () => {
    expect(alertFilterSchema.parse({ cursor: "1767524032688_call_1~1767524032000" })).toEqual({
      state: "open",
      limit: 50,
      cursor: { openedAt: new Date(1_767_524_032_688), id: "call_1~1767524032000" },
    });
  });

  test.each(["", "call~1", "_call~1", "17675240326_call~1", "1767524032688_", "x1767524032688_call~1"])(
    "rejects the cursor %j",
    (cursor) => {
      expect(alertFilterSchema.safeParse({ cursor }).success).toBe(false);
    },
  );
});

describe("the state of an alert", () => {
  test.each([
    ["open while nobody has done anything", withActs({}), "open"],
    ["acknowledged once somebody has seen it", withActs({ acknowledged: done }), "acknowledged"],
    ["snoozed until the moment has come", withActs({ snoozedUntil: atSecond(30.001) }), "snoozed"],
    ["open again at that moment", withActs({ snoozedUntil: atSecond(30) }), "open"],
    [
      "acknowledged again after a snooze",
      withActs({ acknowledged: done, snoozedUntil: atSecond(29) }),
      "acknowledged",
    ],
    ["snoozed even if acknowledged", withActs({ acknowledged: done, snoozedUntil: atSecond(99) }), "snoozed"],
    [
      "recovered, however long it was snoozed",
      withActs({ snoozedUntil: atSecond(99) }, { outcome: "recovered" }),
      "recovered",
    ],
    [
      "call-ended, acknowledged or not",
      withActs({ acknowledged: done }, { outcome: "call-ended" }),
      "call-ended",
    ],
    [
      "resolved, whatever happened since",
      withActs({ resolved: done, snoozedUntil: atSecond(99) }, { outcome: "recovered" }),
      "resolved",
    ],
    ["resolved while the caller still waits", withActs({ resolved: done }), "resolved"],
  ] as const)("is %s", (_, alert, state) => {
    expect(alertState(alert, now)).toBe(state);
  });

  test("is ongoing only while the caller is waiting and the alert is unresolved", () => {
    expect(isOngoing(withActs({ acknowledged: done, snoozedUntil: atSecond(99) }))).toBe(true);
    expect(isOngoing(withActs({ resolved: done }))).toBe(false);
    expect(isOngoing(withActs({}, { outcome: "recovered" }))).toBe(false);
    expect(isOngoing(withActs({}, { outcome: "call-ended" }))).toBe(false);
  });
});

describe("an alert for a viewer", () => {
  const note = (text: string | null) => ({
    kind: "note" as const,
    by: amy,
    at: atSecond(21),
    text,
    assignee: ben,
  });
  const call = { ...makeAlert().call, customerName: "Rosa Lindqvist", customerNumber: "+15550100103" };

  test("hides caller data, including in colleagues' notes, and keeps the colleagues' names", () => {
    const alert = withActs(
      { log: [note("Rosa asked for +15550100177, rosa@example.com"), note(null)], assignee: ben },
      { call },
    );
    const masked = maskAlert(alert);
    expect(JSON.stringify(masked)).not.toMatch(/Rosa|Lindqvist|0100103|0100177|example\.com/i);
    expect(masked.call.customerNumber).toBe("•••03");
    expect(masked.call.customerName).not.toBeNull();
    expect(masked.acts.log[0]?.text).toMatch(/ asked for /);
    expect(masked.acts).toMatchObject({ assignee: ben, log: [{ by: amy, assignee: ben }, { text: null }] });
    expect({ ...masked, call: alert.call, acts: alert.acts }).toEqual(alert);
  });

  test("hides caller data in a rule's evidence", () => {
    const evidence = { text: "This is Rosa", role: "user" as const, at: atSecond(8) };
    const rule = { id: "r", name: "Complaint", isEnabled: true, evidence };
    const masked = maskAlert(makeAlert({ kind: "rule", call, rule: JSON.parse(JSON.stringify(rule)) }));
    expect(masked.rule).toEqual({ ...rule, evidence: { ...evidence, text: "This is •••" } });
  });

  test("has no caller name or number if the call has none", () => {
    const unknown = { ...call, customerName: null, customerNumber: null };
    expect(maskAlert(makeAlert({ call: unknown })).call).toEqual(unknown);
  });
});

describe("an alert action shown before the server responds", () => {
  const request = (asked: ActionRequest, assignee: typeof ben | null = null, before = noActions) => {
    const alert = makeAlert({ acts: before });
    const after = applyActionOptimistically(alert, { request: asked, by: amy, at: atSecond(20), assignee });
    // It changes no fact of the call, and the server's response overrides it.
    expect({ ...after, acts: before }).toEqual(alert);
    expect(after.acts.version).toBe(before.version);
    expect(after.acts.log.slice(0, -1)).toEqual(before.log);
    return after.acts;
  };
  const logged = (kind: ActionRequest["kind"], differences: object = {}) => [
    { kind, by: amy, at: atSecond(20), text: null, assignee: null, ...differences },
  ];

  test("shows who acknowledged the alert", () => {
    expect(request({ kind: "acknowledge" })).toEqual({
      ...noActions,
      acknowledged: done,
      log: logged("acknowledge"),
    });
  });

  test("shows the new assignee, or that the alert was unassigned", () => {
    const given = request({ kind: "assign", to: "ben", from: null }, ben);
    expect(given).toEqual({ ...noActions, assignee: ben, log: logged("assign", { assignee: ben }) });
    expect(request({ kind: "assign", to: null, from: "ben" }, null, given)).toMatchObject({
      assignee: null,
      log: [...given.log, ...logged("assign")],
    });
  });

  test("shows when a snooze ends, or that it was ended early", () => {
    const snoozed = request({ kind: "snooze", minutes: 2 });
    expect(snoozed).toEqual({ ...noActions, snoozedUntil: atSecond(140), log: logged("snooze") });
    expect(request({ kind: "snooze", minutes: 0 }, null, snoozed).snoozedUntil).toBeNull();
  });

  test("shows a note and changes nothing else", () => {
    expect(request({ kind: "note", text: "Called back." })).toEqual({
      ...noActions,
      log: logged("note", { text: "Called back." }),
    });
  });

  test("resolves the alert, and acknowledges it unless it already is", () => {
    expect(request({ kind: "resolve", text: "Line was down." })).toEqual({
      ...noActions,
      resolved: done,
      acknowledged: done,
      log: logged("resolve", { text: "Line was down." }),
    });
    const seen = { ...noActions, version: 1, acknowledged: { by: ben, at: atSecond(15) } };
    expect(request({ kind: "resolve", text: null }, null, seen)).toMatchObject({
      resolved: done,
      acknowledged: seen.acknowledged,
    });
  });
});

test("alerts: the title names the caller, or says that it is a web call", () => {
  const { call } = makeAlert();
  const named = describeAlert({
    kind: "hang",
    rule: null,
    call: { ...call, customerName: "Rosa", customerNumber: null },
  });
  expect(named).toMatch(/^Call from Rosa /);
  const web = describeAlert({
    kind: "silence",
    rule: null,
    call: { ...call, customerName: null, customerNumber: null, direction: "web" },
  });
  expect(web).toMatch(/^Web call is silent$/);
});

test("alerts: the title names the rule that raised the alert, while the rule's name is known", () => {
  const call = { ...makeAlert().call, customerName: "Rosa", customerNumber: null };
  const evidence = { text: null, role: null, at: atSecond(8) };
  const rule = JSON.parse(JSON.stringify({ id: "r", name: "Complaint", evidence }));
  expect(describeAlert({ kind: "rule", rule, call })).toBe("Call from Rosa: Complaint");
  expect(describeAlert({ kind: "rule", rule: null, call })).toBe("Call from Rosa: a rule fired");
  expect([alertLabel("rule"), alertLabel("hang")]).toEqual(["Rule", alertRules[0]?.label]);
});
