import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  callDuration,
  callSpan,
  callTitle,
  findDirection,
  isNewerCall,
  isOnBoard,
  isOver,
  whenEnded,
} from "@/lib/calls/call";
import { callDetailQuery } from "@/lib/calls/detail-query";
import { liveCallsQuery, pulseQuery } from "@/lib/calls/queries";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";

const ms = (second: number) => Date.parse(atSecond(second));

describe("a call", () => {
  test("is over if ended or not found, and not while scheduled, queued, ringing, in progress or forwarding", () => {
    const over = ["queued", "ringing", "in-progress", "forwarding", "scheduled", "ended", "not-found"].filter(
      isOver,
    );
    expect(over).toEqual(["ended", "not-found"]);
  });

  test("ended at its end time, or at its last event if it is over without one", () => {
    const ended = { status: "ended", endedAt: atSecond(30), lastEventAt: atSecond(40) };
    expect(whenEnded(ended)).toBe(atSecond(30));
    expect(whenEnded({ ...ended, endedAt: null })).toBe(atSecond(40));
    expect(whenEnded({ ...ended, status: "in-progress", endedAt: null })).toBeNull();
  });

  test("lasts from its answer to its end or until now, is never negative, and uses the reported duration if there is one", () => {
    const call = makeCall({ startedAt: atSecond(5) });
    expect(callDuration(call, ms(12))).toBe(7_000);
    expect(callDuration(call, ms(3))).toBe(0);
    expect(callDuration({ ...call, endedAt: atSecond(9) }, ms(60))).toBe(4_000);
    expect(callDuration({ ...call, durationSeconds: 3.5 }, ms(60))).toBe(3_500);
    expect(callDuration({ ...call, startedAt: null }, ms(60))).toBeNull();
  });

  test("spans from its answer, or its creation, to its end, or now, and never ends before it begins", () => {
    const call = makeCall({ createdAt: atSecond(0), startedAt: atSecond(5) });
    expect(callSpan(call, ms(20))).toEqual({ from: ms(5), to: ms(20) });
    expect(callSpan({ ...call, startedAt: null }, ms(20)).from).toBe(ms(0));
    expect(callSpan({ ...call, endedAt: atSecond(9) }, ms(20)).to).toBe(ms(9));
    // Timestamps of two clocks may contradict each other; a span never ends before it begins.
    expect(callSpan({ ...call, endedAt: atSecond(3) }, ms(20))).toEqual({ from: ms(5), to: ms(5) });
  });

  test("is titled by the caller's name, else by the number, else by the kind of call", () => {
    const title = (differences: Parameters<typeof makeCall>[0]) => callTitle(makeCall(differences));
    expect(title({ customerName: "Rosa" })).toBe("Rosa");
    expect(title({})).toContain("010");
    expect(title({ customerNumber: null })).toBe("Unknown caller");
    expect(title({ customerNumber: null, direction: "web" })).toBe("Web call");
  });

  test("has the direction of its type, and none for an unknown type", () => {
    expect(
      ["inboundPhoneCall", "outboundPhoneCall", "webCall", "vapi.websocketCall", "carrierPigeon", null].map(
        findDirection,
      ),
    ).toEqual(["inbound", "outbound", "web", "web", null, null]);
  });

  test("is newer if its version is higher, or if its last event is later within one version", () => {
    const call = makeCall({ version: 4, lastEventAt: atSecond(10) });
    const isNewer = (differences: Parameters<typeof makeCall>[0]) =>
      isNewerCall({ ...call, ...differences }, call);
    expect(isNewer({ version: 5, lastEventAt: atSecond(1) })).toBe(true);
    expect(isNewer({ version: 3, lastEventAt: atSecond(20) })).toBe(false);
    expect(isNewer({ lastEventAt: atSecond(11) })).toBe(true);
    expect(isNewer({})).toBe(false);
  });

  test("stays on the board for 30 s after its end, and is not on the board while it is scheduled", () => {
    const call = { status: "ended", endedAt: atSecond(0), lastEventAt: atSecond(0) };
    expect([29.999, 30].map((second) => isOnBoard(call, ms(second)))).toEqual([true, false]);
    expect(isOnBoard({ ...call, status: "scheduled", endedAt: null }, ms(1))).toBe(false);
    expect(isOnBoard({ ...call, status: "ringing", endedAt: null }, ms(900))).toBe(true);
  });
});

describe("call queries", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Answers each request of this browser by path and query, and records the requests. */
  function answerWith(answer: (asked: URL) => object): string[] {
    const paths: string[] = [];
    vi.stubGlobal("fetch", async (input: string | URL | Request) => {
      const asked = new URL(input instanceof Request ? input.url : String(input), "http://earshot.test");
      paths.push(asked.pathname + asked.search);
      return Response.json(answer(asked));
    });
    return paths;
  }

  test("the board query fetches all pages and lists a call that moved between pages once, in its latest version", async () => {
    const [one, two, three] = ["1", "2", "3"].map((id) => makeCall({ id }));
    const moved = makeCall({ id: "2", version: 9 });
    const asked = answerWith(({ searchParams }) =>
      searchParams.get("cursor") === null
        ? { calls: [one, two], nextCursor: "1767524032688_2" }
        : { calls: [moved, three], nextCursor: null },
    );
    expect(await new QueryClient().fetchQuery(liveCallsQuery)).toEqual([one, moved, three]);
    expect(asked).toEqual([
      "/api/calls?state=board&limit=1000",
      "/api/calls?state=board&limit=1000&cursor=1767524032688_2",
    ]);
  });

  test("the detail query requests a call by its encoded ID, and the pulse query returns the last hour and the hour before", async () => {
    const hour = { calls: 3, hangRate: null, medianReplyMs: 700 };
    const detail = makeDetail();
    const asked = answerWith(({ pathname }) => (pathname === "/api/pulse" ? { hour, before: hour } : detail));
    const client = new QueryClient();
    expect(await client.fetchQuery(callDetailQuery("a/b"))).toEqual(detail);
    expect(await client.fetchQuery(pulseQuery)).toEqual({ hour, before: hour });
    expect(asked).toEqual(["/api/calls/a%2Fb", "/api/pulse"]);
  });
});
