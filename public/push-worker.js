// Shows alerts although no page of Earshot is open. Sent by lib/notifications/server/channels/push.ts.
self.addEventListener("push", (event) => {
  const { title, body, url, tag, isOver } = event.data?.json() ?? {};
  // What has become of an alert stands in its place, without a sound.
  const options = { body, tag, renotify: !isOver, silent: isOver === true, requireInteraction: !isOver, icon: "/icons/192.png", data: { url } };
  event.waitUntil(self.registration.showNotification(title ?? "Earshot", options));
});

// A page of ours that is open is brought forward; where there is none, one is opened.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data?.url ?? "/"));
});

async function show(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const own = new URL(url, self.location.origin);
  const page = pages.find((each) => new URL(each.url).origin === own.origin);
  if (!page) return self.clients.openWindow(own.href);
  await page.focus();
  return page.navigate(own.href).catch(() => self.clients.openWindow(own.href));
}
