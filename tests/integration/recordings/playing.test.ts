import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeWav } from "@/scripts/local/recordings/start-recordings";
import { startVapiRecordings } from "@/tests/support/servers/start-vapi-recordings";

const vapi = await startVapiRecordings("test-api-key");
process.env.VAPI_API_KEY = "test-api-key";
process.env.VAPI_BASE_URL = vapi.url;
process.env.OUTGOING_ALLOWED_HOSTS = new URL(vapi.url).host;

// Imported after the environment is set, because modules read it when loaded.
const { GET, POST } = await import("@/app/api/calls/[callId]/recording/route");
const { db } = await import("@/db/client");
const { auditLog } = await import("@/db/schema/auth");
const { getCallDetail } = await import("@/db/queries/calls/read");
const { makePlayTicket } = await import("@/lib/recordings/server/play");
const { endOfCallReport } = await import("@/tests/fixtures/end-of-call-report");
const { statusUpdate } = await import("@/tests/fixtures/status-update");
const { deliver } = await import("@/tests/support/deliveries/deliver");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");
const { eq } = await import("drizzle-orm");

const [operator, viewer] = await Promise.all([signedIn("operator"), signedIn("viewer")]);
const wav = makeWav(2, [{ channel: 0, fromSeconds: 0, toSeconds: 1 }]);

afterAll(() => vapi.stop());

beforeEach(() => {
  Object.assign(vapi.state, { links: "signed", elsewhere: null, ranges: [] });
});

async function recordedCall(): Promise<string> {
  const callId = randomUUID();
  vapi.sounds.set(callId, wav);
  await deliver(endOfCallReport({ callId }));
  return callId;
}

const contextOf = (callId: string) => ({ params: Promise.resolve({ callId }) });
const plays = (callId: string) => db.select().from(auditLog).where(eq(auditLog.target, callId));

async function begin(callId: string): Promise<string> {
  const path = `/api/calls/${callId}/recording`;
  const answer = await POST(send(path, { method: "POST", cookie: operator.cookie }), contextOf(callId));
  expect(answer.status).toBe(201);
  const { src } = await answer.json();
  return src;
}

const get = (src: string, callId: string, headers: Record<string, string> = {}, cookie = operator.cookie) =>
  GET(send(src, { cookie, headers }), contextOf(callId));

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe("a recording", () => {
  test("is served whole, in ranges and for HEAD requests", async () => {
    const callId = await recordedCall();
    const src = await begin(callId);

    const whole = await get(src, callId);
    expect(whole.status).toBe(200);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "audio/wav",
      "content-length": String(wav.length),
      "accept-ranges": "bytes",
      "cache-control": "private, no-store",
    });
    expect((await bytesOf(whole)).equals(wav)).toBe(true);

    const piece = await get(src, callId, { range: "bytes=100-199" });
    expect(piece.status).toBe(206);
    expect(piece.headers.get("content-range")).toBe(`bytes 100-199/${wav.length}`);
    expect((await bytesOf(piece)).equals(wav.subarray(100, 200))).toBe(true);

    const end = await get(src, callId, { range: "bytes=-10" });
    expect((await bytesOf(end)).equals(wav.subarray(-10))).toBe(true);

    const beyond = await get(src, callId, { range: "bytes=999999999-" });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get("content-range")).toBe(`bytes */${wav.length}`);

    const head = await GET(send(src, { method: "HEAD", cookie: operator.cookie }), contextOf(callId));
    expect(head.status).toBe(200);
    expect(head.headers.get("content-length")).toBe(String(wav.length));
    expect(head.headers.get("content-range")).toBeNull();
    expect(await head.text()).toBe("");
  });

  test("is one play in the audit log per ticket, and one per request without a valid ticket", async () => {
    const callId = await recordedCall();
    const src = await begin(callId);
    for (const range of ["bytes=0-9", "bytes=10-19", "bytes=20-29"]) await get(src, callId, { range });
    expect(await plays(callId)).toMatchObject([
      { action: "recording.played", actorName: operator.email, target: callId },
    ]);
    await get(`/api/calls/${callId}/recording`, callId);
    expect(await plays(callId)).toHaveLength(2);
    await get(src.replace(/play=\d+/, "play=9999999999999"), callId);
    expect(await plays(callId)).toHaveLength(3);
    const other = await recordedCall();
    await get(src.replace(callId, other), other);
    expect(await plays(other)).toHaveLength(1);
  });

  test("takes one request to Vapi, and another when its link has expired", async () => {
    const callId = await recordedCall();
    const src = await begin(callId);
    const before = vapi.state.asked;
    for (const range of ["bytes=0-9", "bytes=10-19"])
      expect((await get(src, callId, { range })).status).toBe(206);
    expect(vapi.state.asked).toBe(before + 1);
    vapi.state.asked += 1;
    expect((await get(src, callId)).status).toBe(200);
    expect(vapi.state.asked).toBe(before + 3);
  });

  test("is found behind Vapi's own redirect when plain links do not open", async () => {
    const callId = await recordedCall();
    vapi.state.links = "plain";
    const answer = await get(await begin(callId), callId);
    expect(answer.status).toBe(200);
    expect((await bytesOf(answer)).equals(wav)).toBe(true);
  });

  test("is not fetched from a host that is not allowed, and its link is neither returned nor logged", async () => {
    const callId = await recordedCall();
    vapi.state.elsewhere = "https://recordings.example.net";
    const written: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
    const answer = await get(await begin(callId), callId);
    vi.restoreAllMocks();
    expect(answer.status).toBe(404);
    const said = await answer.text();
    expect(said).toContain("RECORDING_HOSTS");
    expect(said + written.join("")).not.toMatch(/recordings\.example\.net|signature|127\.0\.0\.1/);
  });

  test("that Vapi never had or no longer has is answered with an explanation", async () => {
    const callId = await recordedCall();
    vapi.state.links = "none";
    expect(await (await get(await begin(callId), callId)).json()).toMatchObject({
      status: 404,
      detail: "Vapi has no recording of this call.",
    });
    vapi.sounds.delete(callId);
    expect(await (await get(await begin(callId), callId)).json()).toMatchObject({
      detail: expect.stringContaining("14 days"),
    });
  });

  test("of an unrecorded call is not requested from Vapi", async () => {
    const callId = randomUUID();
    const unrecorded = { recordingUrl: undefined, stereoRecordingUrl: undefined, artifact: {} };
    await deliver(endOfCallReport({ callId, with: unrecorded }));
    const before = vapi.state.asked;
    expect((await get(await begin(callId), callId)).status).toBe(404);
    expect(vapi.state.asked).toBe(before);
    expect((await getCallDetail(db, callId))?.recording).toMatchObject({
      state: "none",
      why: expect.stringContaining("not recorded"),
    });
  });

  test("of a call without a report is requested and served", async () => {
    const callId = randomUUID();
    await deliver(statusUpdate("ended", { callId }));
    vapi.sounds.set(callId, wav);
    expect((await getCallDetail(db, callId))?.recording.state).toBe("playable");
    expect((await get(await begin(callId), callId)).status).toBe(200);
  });
});

describe("access to a recording", () => {
  test("is rejected for a viewer without a request to Vapi", async () => {
    const callId = await recordedCall();
    const before = vapi.state.asked;
    const path = `/api/calls/${callId}/recording`;
    expect((await get(path, callId, {}, viewer.cookie)).status).toBe(403);
    const begun = await POST(send(path, { method: "POST", cookie: viewer.cookie }), contextOf(callId));
    expect(begun.status).toBe(403);
    expect(vapi.state.asked).toBe(before);
    expect(await plays(callId)).toEqual([]);
  });

  test("with another person's ticket is refused to a viewer, without a play or a request to Vapi", async () => {
    const callId = await recordedCall();
    const src = await begin(callId);
    const before = vapi.state.asked;
    expect((await get(src, callId, {}, viewer.cookie)).status).toBe(403);
    expect(vapi.state.asked).toBe(before);
    expect(await plays(callId)).toHaveLength(1);
  });

  test("with another person's ticket is a play of its own for each request, and with one's own it is not", async () => {
    const callId = await recordedCall();
    const src = await begin(callId);
    const other = await signedIn("operator");
    const asked = [operator, other, other, operator];
    for (const { cookie } of asked) expect((await get(src, callId, {}, cookie)).status).toBe(200);
    expect((await plays(callId)).map(({ actorName }) => actorName).sort()).toEqual(
      [operator.email, other.email, other.email].sort(),
    );
  });

  test("with an expired, changed or empty ticket is a play of its own", async () => {
    const callId = await recordedCall();
    const { id } = operator;
    const [minute, now] = [60_000, Date.now()];
    const [until, signature] = makePlayTicket(id, callId).split(".");
    const tickets = {
      fresh: makePlayTicket(id, callId, now - 359 * minute),
      expired: makePlayTicket(id, callId, now - 361 * minute),
      "of another call": makePlayTicket(id, randomUUID()),
      "of another person": makePlayTicket(randomUUID(), callId),
      "made longer": `${Number(until) + 1}.${signature}`,
      unsigned: `${until}.`,
      empty: "",
    };
    const added: Record<string, number> = {};
    for (const [name, ticket] of Object.entries(tickets)) {
      const before = (await plays(callId)).length;
      await get(`/api/calls/${callId}/recording?play=${ticket}`, callId);
      added[name] = (await plays(callId)).length - before;
    }
    expect(added).toEqual({ ...Object.fromEntries(Object.keys(tickets).map((name) => [name, 1])), fresh: 0 });
  });

  test("is answered 404 for an unknown call", async () => {
    expect((await get("/api/calls/none/recording", "none")).status).toBe(404);
  });
});
