import { request as open } from "node:http";
import postgres from "postgres";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("health: an item set aside by a job is shown with its reason and disappears once a retry succeeds", {
  tag: "@once",
}, async ({ app, page }) => {
  const sql = postgres(app.databaseUrl, { max: 1 });
  await sql`
    insert into set_aside (job, item, reason, retry_at)
    values ('archive', 'a-call-of-long-ago', 'PostgreSQL rejected it: a limit (54000)', now() + interval '1 hour')
  `;
  await sql.end();
  await page.goto("/settings/health");
  const list = page.getByRole("list", { name: "Set aside" });
  await expect(list.getByRole("listitem")).toContainText("a-call-of-long-ago");
  await expect(list.getByRole("listitem")).toContainText("PostgreSQL rejected it: a limit (54000)");
  await expectAccessible(page);
  await list.getByRole("button", { name: "Retry" }).click();
  // The call no longer exists, so the next tick has nothing to do for it.
  await expect(page.getByText("Nothing is set aside.")).toBeVisible({ timeout: 20_000 });
});

/** Records for each request to /api/health how long before it the last push came, in milliseconds. */
function recordHealthRequests() {
  const recorded: number[] = [];
  let lastPushAt = Number.NEGATIVE_INFINITY;
  const send = window.fetch;
  window.fetch = (to, init) => {
    if (to === "/api/health") recorded.push(performance.now() - lastPushAt);
    return send(to, init);
  };
  window.WebSocket = class extends WebSocket {
    constructor(...from: ConstructorParameters<typeof WebSocket>) {
      super(...from);
      this.addEventListener("message", ({ data }) => {
        if (JSON.parse(data).event === "push") lastPushAt = performance.now();
      });
    }
  };
  Object.assign(window, { healthRequestsAfterMs: recorded });
}

test("health: an open page asks every second whether events are stored, unless a push has just shown it", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.addInitScript(recordHealthRequests);
  const readRequests = () => page.evaluate(() => Reflect.get(window, "healthRequestsAfterMs") as number[]);
  const caller = createCaller(postEvent);
  await caller.begins();
  await page.goto(`/calls/${caller.callId}`);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  await expect.poll(async () => (await readRequests()).length).toBeGreaterThan(1);

  const begunAt = performance.now();
  for (let line = 1; performance.now() - begunAt < 4_000; line += 1) {
    await caller.says("user", `This is line ${line}.`);
    await expect(page.getByText(`This is line ${line}.`).first()).toBeAttached();
  }
  expect((await readRequests()).filter((afterMs) => afterMs < 950)).toEqual([]);
});

test.describe("unusual requests", () => {
  const paths = [
    ["GET", "/calls/%00"],
    ["GET", "/calls/%00.png"],
    ["GET", "/calls/%E0%A4%A"],
    ["GET", "/conversations?q=%00"],
    ["GET", "/events?type=%00"],
    ["GET", "/reports?q=%E0%A4%A"],
    ["GET", "/api/calls/%00"],
    ["GET", "/api/calls/%E0%A4%A"],
    ["GET", "/api/reports?q=%00"],
    ["GET", "/api/reports?q=%E0%A4%A"],
    ["GET", "/api/auth/magic-link/verify?token=%00"],
    ["POST", "/api/webhook/%00"],
    ["TRACE", "/"],
    ["TRACE", "/api/health"],
    ["TRACE", "/api/webhook"],
    ["TRACE", "/calls/x"],
    ["PROPFIND", "/api/calls"],
  ] as const;
  for (const [method, path] of paths) {
    test(`${method} ${path} gets 4xx, or a redirect to sign-in when signed out`, { tag: "@once" }, async ({
      app,
      context,
    }) => {
      const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
      for (const cookie of [cookies, ""]) {
        const status = await ask(app.url, method, path, cookie);
        const isLedToSignIn = cookie === "" && status === 307;
        expect(isLedToSignIn || (status >= 400 && status < 500), `${status}`).toBe(true);
      }
    });
  }
});

test("health: idle connections stay open for 75 s, longer than proxies and clients keep theirs", {
  tag: "@once",
}, async ({ app }) => {
  const answer = await fetch(`${app.url}/api/health`);
  expect(answer.headers.get("keep-alive")).toBe("timeout=75");
});

/** Sends the path byte for byte: `fetch` rejects TRACE and normalises paths. */
function ask(url: string, method: string, path: string, cookie: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = open({ hostname, port, method, path, headers: { cookie } }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    asked.on("error", reject);
    asked.end();
  });
}
