import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, test, vi } from "vitest";
import { controlStateQuery, supervisionQuery } from "@/lib/control/client/control-query";

const possible = { available: true, reason: null };
const supervision = { control: possible, listen: possible };

afterEach(() => vi.unstubAllGlobals());

/** Answers each request with `status` for the calls it names, except those named "unknown". Returns the calls per request. */
function answerWith(status = 200): string[][] {
  const asked: string[][] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    const url = new URL(path, "http://earshot.test");
    expect(url.pathname).toBe("/api/control/calls");
    const ids = url.searchParams.get("ids")?.split(",") ?? [];
    asked.push(ids);
    const calls = ids.filter((id) => id !== "unknown").map((callId) => ({ callId, supervision }));
    return Response.json(status === 200 ? { calls } : { title: "Database unavailable" }, { status });
  });
  return asked;
}

describe("whether calls accept actions", () => {
  const client = new QueryClient();

  test("is asked for all calls of a page in one request, and in another for those beyond a hundred", async () => {
    const asked = answerWith();
    const calls = Array.from({ length: 120 }, (_, index) => `call-${index}`);
    const answers = await Promise.all(calls.map((callId) => client.fetchQuery(supervisionQuery(callId))));
    expect(answers).toEqual(calls.map(() => supervision));
    expect(asked).toEqual([calls.slice(0, 100), calls.slice(100)]);
  });

  test("is null for a call that does not exist, also among others", async () => {
    const asked = answerWith();
    const answers = ["one", "unknown", "two & three"].map((id) => client.fetchQuery(supervisionQuery(id)));
    expect(await Promise.all(answers)).toEqual([supervision, null, supervision]);
    expect(asked).toEqual([["one", "unknown", "two & three"]]);
  });

  test("fails for each call of a failed request, with the server's reason", async () => {
    answerWith(503);
    const answers = ["four", "five"].map((id) => client.fetchQuery(supervisionQuery(id)));
    for (const answer of answers) await expect(answer).rejects.toThrow("Database unavailable");
  });

  test("is asked for again once the control state of its call is invalidated", async () => {
    const asked = answerWith();
    await client.fetchQuery(supervisionQuery("six"));
    await client.fetchQuery(supervisionQuery("six"));
    expect(asked).toHaveLength(1);
    await client.invalidateQueries({ queryKey: controlStateQuery("six").queryKey });
    await client.fetchQuery(supervisionQuery("six"));
    expect(asked).toHaveLength(2);
  });
});
