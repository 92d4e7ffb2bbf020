"use client";

import * as z from "zod";
import { readAlarmSettings, saveAlarmSettings } from "@/components/alerts/alarm-settings";
import { fetchJson, sendJson } from "@/lib/http/client";

const path = "/api/push-subscriptions";

const registerWorker = () => navigator.serviceWorker.register("/push-worker.js");

/** Whether this browser supports push notifications. An iPhone does only once Earshot is on its home screen. */
export const canPush = () => "serviceWorker" in navigator && "PushManager" in window;

/** Turns push on for this device. Returns null, or an error message. */
export async function turnOnPush(): Promise<string | null> {
  if (!canPush()) {
    return "This browser does not support push notifications. On an iPhone, add Earshot to the home screen first.";
  }
  if ((await Notification.requestPermission()) !== "granted") {
    return "This browser blocks notifications. Allow them in its site settings.";
  }
  try {
    const why = await subscribe();
    if (why) return why;
    saveAlarmSettings({ push: true });
    return null;
  } catch (cause) {
    return `Could not turn on push notifications: ${cause instanceof Error ? cause.message : "the browser refused."}`;
  }
}

/** Turns push off, here and on the server. */
export async function turnOffPush(): Promise<void> {
  const { pushId } = readAlarmSettings();
  saveAlarmSettings({ push: false, pushId: null });
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  if (pushId) await sendJson("DELETE", `${path}/${pushId}`);
}

/** Renews the subscription if push is on: browsers replace subscriptions, and a new session needs its own. */
export async function renewPush(): Promise<void> {
  if (!readAlarmSettings().push || !canPush() || Notification.permission !== "granted") return;
  // No error message: the next page load tries again.
  await subscribe().catch(() => null);
}

/** Shows a notification through the push worker, which opens `data.url` on a click. */
export async function showByWorker(
  title: string,
  options: NotificationOptions & { data: { url: string } },
): Promise<void> {
  await registerWorker();
  // Waits until the worker is active: before that, it may not show any.
  await (await navigator.serviceWorker.ready).showNotification(title, options);
}

const answerSchema = z.object({ id: z.uuid() });

/** Returns null, or an error message. */
async function subscribe(): Promise<string | null> {
  const { publicKey } = await fetchJson(path, z.object({ publicKey: z.string() }));
  const registration = await registerWorker();
  const manager = registration.pushManager;
  const known = await manager.getSubscription();
  // The subscription has another key if BETTER_AUTH_SECRET has changed.
  const isOurs = known && toBase64Url(known.options.applicationServerKey) === publicKey;
  if (known && !isOurs) await known.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const subscription = isOurs ? known : await manager.subscribe(options);
  const sent = await sendJson("PUT", path, subscription.toJSON());
  if (!sent.ok) return sent.why;
  saveAlarmSettings({ pushId: answerSchema.parse(sent.value).id });
  return null;
}

function toBase64Url(bytes: ArrayBuffer | null): string {
  const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer()));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
