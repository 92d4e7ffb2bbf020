import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { DELETE as deleteView } from "@/app/api/report-views/[viewId]/route";
import { GET as listViews, POST as saveView } from "@/app/api/report-views/route";
import { GET as countReports } from "@/app/api/reports/count/route";
import { GET as listFacets } from "@/app/api/reports/facets/route";
import { GET as listReports } from "@/app/api/reports/route";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const customer = { number: "+15557340912", name: "Quentin Zebulonsky" };
const assistantNumber = "+15550100901";

let operator: TestPerson;
let viewer: TestPerson;
let callId: string;

beforeAll(async () => {
  [operator, viewer] = await Promise.all([signedIn("operator"), signedIn("viewer")]);
  callId = randomUUID();
  await deliver(endOfCallReport({ callId, with: { customer } }));
});

describe("reports: a search for hidden data", () => {
  async function find(who: TestPerson, query: Record<string, string>): Promise<string[]> {
    const path = `/api/reports?${new URLSearchParams(query)}`;
    const { reports } = await (await listReports(send(path, { cookie: who.cookie }))).json();
    const counted = await countReports(
      send(`/api/reports/count?${new URLSearchParams(query)}`, { cookie: who.cookie }),
    );
    expect((await counted.json()).count).toBe(reports.length);
    return reports.map(({ call }: { call: { id: string } }) => call.id);
  }

  test.each([
    ["the caller's number", { q: "+15557340912" }],
    ["the caller's number in part", { q: "5557340912" }],
    ["the caller's name", { q: "Zebulonsky" }],
    ["the assistant's number", { number: assistantNumber }],
  ])("%s finds the call for an operator, and nothing for a viewer", async (_, query) => {
    expect(await find(operator, query)).toEqual([callId]);
    expect(await find(viewer, query)).toEqual([]);
  });

  test("reports: without a filter, operators and viewers both find the call", async () => {
    for (const who of [operator, viewer]) expect(await find(who, {})).toEqual([callId]);
  });

  test("numbers are offered as a filter to operators only, assistants to every role", async () => {
    const facets = async ({ cookie }: TestPerson) =>
      (await listFacets(send("/api/reports/facets", { cookie }))).json();
    const [open, masked] = [await facets(operator), await facets(viewer)];
    expect(open.numbers).toEqual([assistantNumber]);
    expect(masked).toEqual({ ...open, numbers: [] });
    expect(masked.assistants).toHaveLength(1);
  });
});

describe("saved filters", () => {
  async function save(who: TestPerson, isShared: boolean) {
    const json = { name: `mine ${randomUUID()}`, query: "success=no", isShared };
    const response = await saveView(send("/api/report-views", { method: "POST", cookie: who.cookie, json }));
    expect(response.status).toBe(201);
    const { views } = await response.json();
    const found = views.find(({ name }: { name: string }) => name === json.name);
    return String(found.id);
  }
  const remove = async (who: TestPerson, viewId: string) =>
    (
      await deleteView(send(`/api/report-views/${viewId}`, { method: "DELETE", cookie: who.cookie }), {
        params: Promise.resolve({ viewId }),
      })
    ).status;
  const idsOf = async ({ cookie }: TestPerson): Promise<string[]> => {
    const { views } = await (await listViews(send("/api/report-views", { cookie }))).json();
    return views.map(({ id }: { id: string }) => id);
  };

  test.each([true, false])("shared: %s, can be deleted only by their author", async (isShared) => {
    const id = await save(operator, isShared);
    const other = await signedIn("admin");
    expect(await remove(other, id)).toBe(404);
    expect(await remove(viewer, id)).toBe(404);
    expect(await idsOf(operator)).toContain(id);
    expect((await idsOf(viewer)).includes(id)).toBe(isShared);
    expect(await remove(operator, id)).toBe(200);
    expect(await idsOf(operator)).not.toContain(id);
    expect(await remove(operator, id)).toBe(404);
  });

  test("can be saved but not shared by a viewer", async () => {
    const json = { name: "for all", query: "", isShared: true };
    const asked = send("/api/report-views", { method: "POST", cookie: viewer.cookie, json });
    expect((await saveView(asked)).status).toBe(403);
    const own = await save(viewer, false);
    expect(await idsOf(viewer)).toContain(own);
  });
});
