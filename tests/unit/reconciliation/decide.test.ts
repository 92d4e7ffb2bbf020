import { describe, expect, test } from "vitest";
import { decideDue, decideListed, type Evidence } from "@/lib/reconciliation/decide";

const now = new Date("2026-05-31T12:00:00.000Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const nothing: Evidence = {
  call: null,
  hasReport: false,
  isHeard: false,
  isReportHeard: false,
  isDeleted: false,
  isSettled: false,
};
const known = (status: string, lastSeconds: number, endedSeconds: number | null = null): Evidence => ({
  ...nothing,
  call: {
    conversationId: "6f1c2f5e-0c1b-4d6a-9d3f-2b8f1f0a7c11",
    status,
    lastEventAt: ago(lastSeconds),
    endedAt: endedSeconds === null ? null : ago(endedSeconds),
  },
});
const listed = (status: string, endedSeconds = 300) => ({
  status,
  createdAt: ago(600).toISOString(),
  updatedAt: ago(endedSeconds).toISOString(),
  ...(status === "ended" && { endedAt: ago(endedSeconds).toISOString() }),
});

describe("reconciliation: a call that Vapi lists", () => {
  test.each(["queued", "ringing", "in-progress", "forwarding", "scheduled"])(
    "that is %s is left to wait, whether unknown or already ended here",
    (status) => {
      expect(decideListed(listed(status), nothing, now).kind).toBe("wait");
      expect(decideListed(listed(status), known("ended", 400, 400), now).kind).toBe("wait");
    },
  );

  test("without a status is left to wait", () => {
    expect(decideListed({ createdAt: ago(600).toISOString() }, nothing, now).kind).toBe("wait");
  });

  test("that has ended is fetched 60 s after its end, and not before", () => {
    expect(decideListed(listed("ended", 59), nothing, now)).toEqual({ kind: "wait", until: ago(-1) });
    expect(decideListed(listed("ended", 60), nothing, now).kind).toBe("fill");
    expect(decideListed(listed("ended"), known("in-progress", 5), now).kind).toBe("fill");
    expect(decideListed(listed("not-found"), nothing, now).kind).toBe("fill");
  });

  test("with a report here is settled, and a deleted or settled one is skipped", () => {
    expect(decideListed(listed("ended", 5), { ...nothing, hasReport: true }, now).kind).toBe("settle");
    expect(decideListed(listed("ended"), { ...nothing, isDeleted: true }, now).kind).toBe("skip");
    expect(decideListed(listed("ended"), { ...nothing, isSettled: true }, now).kind).toBe("skip");
  });
});

describe("reconciliation: a call that was live when Vapi last listed it", () => {
  test("is looked up at Vapi only once its events have stopped and no report is here", () => {
    expect(decideDue(nothing, now).kind).toBe("ask");
    expect(decideDue(known("in-progress", 89), now).kind).toBe("wait");
    expect(decideDue(known("in-progress", 90), now).kind).toBe("ask");
    expect(decideDue(known("ended", 30, 30), now)).toEqual({ kind: "wait", until: ago(-30) });
    expect(decideDue(known("ended", 300, 300), now).kind).toBe("ask");
    expect(decideDue({ ...known("ended", 30, 30), hasReport: true }, now).kind).toBe("settle");
    expect(decideDue({ ...nothing, isDeleted: true }, now).kind).toBe("skip");
  });
});
