import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { GET as getAlerts } from "@/app/api/alerts/route";
import { GET as getCall } from "@/app/api/calls/[callId]/route";
import { GET as getCalls } from "@/app/api/calls/route";
import { GET as exportReports } from "@/app/api/reports/export/route";
import { GET as getReports } from "@/app/api/reports/route";
import { boardChannel, callChannel, maskedChannel } from "@/lib/realtime/push";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { leaveTraces, tracedCaller, traces } from "@/tests/support/people/traced-caller";
import { collectPushes, join } from "@/tests/support/servers/collect-pushes";
import { connectClient } from "@/tests/support/servers/pusher-clients";
import { testPusher } from "@/tests/support/servers/test-pusher";

let viewer: TestPerson;
let operator: TestPerson;
let callId: string;

beforeAll(async () => {
  [viewer, operator, callId] = await Promise.all([signedIn("viewer"), signedIn("operator"), leaveTraces()]);
});

const answers = {
  "/api/reports": (cookie: string) => getReports(send("/api/reports?q=right", { cookie })),
  "/api/reports/export?format=csv": (cookie: string) =>
    exportReports(send("/api/reports/export?format=csv", { cookie })),
  "/api/reports/export?format=jsonl": (cookie: string) =>
    exportReports(send("/api/reports/export?format=jsonl", { cookie })),
  "/api/calls": (cookie: string) => getCalls(send("/api/calls", { cookie })),
  "/api/calls?state=ended": (cookie: string) => getCalls(send("/api/calls?state=ended", { cookie })),
  "/api/calls/[callId]": (cookie: string) =>
    getCall(send(`/api/calls/${callId}`, { cookie }), { params: Promise.resolve({ callId }) }),
  "/api/alerts?state=all": (cookie: string) => getAlerts(send("/api/alerts?state=all", { cookie })),
};

describe.each(Object.entries(answers))("%s", (_, ask) => {
  it("shows a viewer no caller data", async () => {
    const text = await (await ask(viewer.cookie)).text();
    expect(text).toContain(callId);
    expect(text).not.toMatch(traces);
  });

  it("shows an operator the caller data", async () => {
    expect(await (await ask(operator.cookie)).text()).toMatch(traces);
  });
});

describe("masking: searching", () => {
  const find = async (cookie: string, q: string): Promise<string[]> => {
    const response = await getCalls(send(`/api/calls?q=${encodeURIComponent(q)}`, { cookie }));
    return (await response.json()).calls.map(({ id }: { id: string }) => id);
  };

  it.each([tracedCaller.number, "7340912", "Zebulonsky", "still right"])(
    "for %s finds the call for an operator but not for a viewer",
    async (q) => {
      expect(await find(operator.cookie, q)).toContain(callId);
      expect(await find(viewer.cookie, q)).toEqual([]);
    },
  );

  it.each([
    "zebulonsky",
    "5557340912",
    "+1 555 734 0912",
    "zebul*",
    '"quentin zebulonsky"',
    "right -zebulonsky",
  ])("the archive for %s matches caller data for an operator but not for a viewer", async (q) => {
    const search = async (cookie: string): Promise<string[]> => {
      const response = await getReports(send(`/api/reports?q=${encodeURIComponent(q)}`, { cookie }));
      return (await response.json()).reports.map(({ call }: { call: { id: string } }) => call.id);
    };
    const [finds, doesNot] = q.includes("-") ? [viewer, operator] : [operator, viewer];
    expect(await search(finds.cookie)).toContain(callId);
    expect(await search(doesNot.cookie)).toEqual([]);
  });

  it("by the call's ID works for a viewer", async () => {
    expect(await find(viewer.cookie, callId)).toEqual([callId]);
  });
});

it("masking: pushes to viewers contain no caller data, partials included", async () => {
  const live = crypto.randomUUID();
  const client = await connectClient(testPusher.port);
  const listen = async (name: string) => collectPushes(await join(client, maskedChannel(name)));
  const [board, call] = [await listen(boardChannel), await listen(callChannel(live))];
  await leaveTraces({ callId: live });
  for (const heard of [board, call])
    await expect
      .poll(() => heard)
      .toContainEqual(expect.objectContaining({ call: expect.objectContaining({ status: "ended" }) }));
  expect(call).toContainEqual(expect.objectContaining({ kind: "partial" }));
  expect(JSON.stringify([board, call])).not.toMatch(traces);
});

/** Names of the database queries a file imports. */
const readsOf = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/import \{([^}]+)\} from "@\/db\/queries\/[^"]+"/g)].flatMap(
    ([, names = ""]) => names.split(",").map((name) => name.trim()),
  );

const views = ["privacy/server/view-calls", "privacy/server/view-conversations", "reports/server/view"];

it("masking: no page or route imports an unmasked call query", () => {
  const masked = new Set(views.flatMap((view) => readsOf(`lib/${view}.ts`)));
  for (const name of ["listCalls", "getCallDetail", "listReports", "getConversation"])
    expect(masked).toContain(name);
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  expect(files.length).toBeGreaterThan(50);
  const readers = files.filter((name) => readsOf(`app/${name}`).some((read) => masked.has(read)));
  expect(readers).toEqual([]);
});
