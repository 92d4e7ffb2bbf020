import { formatPhoneNumber } from "@/lib/format";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";

test("push: the web app manifest describes a standalone app, and its icons load", { tag: "@once" }, async ({
  page,
}) => {
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = await (await page.request.get(href ?? "")).json();
  expect(manifest).toMatchObject({ name: "Earshot", start_url: "/", display: "standalone" });
  for (const { src } of manifest.icons) {
    const icon = await page.request.get(src);
    expect([src, icon.status(), icon.headers()["content-type"]]).toEqual([src, 200, "image/png"]);
  }
});

test("push: the service worker shows a pushed message as a notification with the alert's tag", {
  tag: "@once",
}, async ({ context, page, app }) => {
  await page.goto("/");
  const starting = context.waitForEvent("serviceworker");
  await page.evaluate(() => navigator.serviceWorker.register("/push-worker.js"));
  const worker = await starting;
  // A headless browser shows no notifications, so the worker's requests are recorded instead.
  await worker.evaluate(() => {
    const asked: unknown[] = [];
    const registration: ServiceWorkerRegistration = Reflect.get(self, "registration");
    registration.showNotification = async (title, options) => void asked.push({ title, ...options });
    Object.assign(self, { asked });
  });
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [first] }) => {
      if (first) resolve(first.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.deliverPushMessage", {
    origin: app.url,
    registrationId: await registered,
    data: JSON.stringify({
      title: "Call from •••03 is hanging",
      body: "since 10:00 UTC",
      url: `${app.url}/alerts`,
      tag: "one",
    }),
  });
  await expect
    .poll(() => worker.evaluate(() => Reflect.get(self, "asked")))
    .toMatchObject([
      { title: "Call from •••03 is hanging", body: "since 10:00 UTC", tag: "one", renotify: true },
    ]);
});

test("push: a browser that lets only service workers notify shows a new alert through ours, and the page stays", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.addInitScript(() => {
    localStorage.setItem("earshot.alarm", JSON.stringify({ notify: true }));
    // Chrome on Android has the class, and throws from its constructor.
    class IllegalNotification {
      static permission = "granted";
      constructor() {
        throw new TypeError("Illegal constructor.");
      }
    }
    const asked: unknown[] = [];
    Object.assign(window, { asked, Notification: IllegalNotification });
    // A headless browser shows none; it would refuse.
    ServiceWorkerRegistration.prototype.showNotification = async function (title, options) {
      asked.push({ title, ...options, worker: this.active?.scriptURL });
    };
  });
  await page.goto("/alerts");
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.hangs();
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, "asked")))
    .toMatchObject([
      {
        title: `Call from ${formatPhoneNumber(caller.number)} is hanging`,
        data: { url: `/calls/${caller.callId}` },
        worker: expect.stringMatching(/\/push-worker\.js$/),
      },
    ]);
  await expect(page.getByRole("heading", { name: "Alerts", exact: true })).toBeVisible();
});

test("push: when the browser denies permission, the alarm menu says so and push stays off", async ({
  page,
}) => {
  await page.addInitScript(() => {
    Notification.requestPermission = () => Promise.resolve("denied");
  });
  await page.goto("/");
  await page.getByRole("button", { name: /^Alarm:/ }).click();
  const push = page.getByRole("checkbox", { name: "Push notification, even when Earshot is closed" });
  await push.click();
  await expect(page.getByRole("alert").filter({ hasText: "blocks notifications" })).toBeVisible();
  await expect(push).not.toBeChecked();
});
