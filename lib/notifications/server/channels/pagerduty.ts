import "server-only";
import { env } from "@/lib/env";
import { postOutside } from "@/lib/http/server/post-outside";
import type { Message } from "@/lib/notifications/message";
import { type ChannelSender, readSecret } from "@/lib/notifications/server/channels/sender";

/** https://developer.pagerduty.com/docs/send-alert-event */
const actions: Readonly<Record<Message["event"], "trigger" | "acknowledge" | "resolve">> = {
  "alert.opened": "trigger",
  "alert.escalated": "trigger",
  "alert.acknowledged": "acknowledge",
  "alert.recovered": "resolve",
  "alert.resolved": "resolve",
  "incident.opened": "trigger",
  "incident.escalated": "trigger",
  "incident.acknowledged": "acknowledge",
  "incident.recovered": "resolve",
  "incident.resolved": "resolve",
  "issue.opened": "trigger",
  "issue.escalated": "trigger",
  "issue.acknowledged": "acknowledge",
  "issue.recovered": "resolve",
  "issue.resolved": "resolve",
  "routing.slow": "trigger",
  "connection.drifted": "trigger",
  "gaps.opened": "trigger",
  "gaps.recovered": "resolve",
  "version.worse": "trigger",
  "version.escalated": "trigger",
  "version.acknowledged": "acknowledge",
  "version.recovered": "resolve",
  "version.resolved": "resolve",
  test: "trigger",
};

/** A PagerDuty service, through Events API v2. Each alert becomes one PagerDuty alert, which updates follow. */
export const pagerduty: ChannelSender<"pagerduty"> = {
  create: ({ key }) => ({ target: `Integration key …${key.slice(-4)}`, secret: key, key: null }),
  async send(channel, id, message) {
    const routingKey = readSecret(channel);
    const isGaps = message.event === "gaps.opened" || message.event === "gaps.recovered";
    const own = message.alert?.id ?? message.incident?.id ?? message.issue?.id ?? message.version?.id;
    const key = own ?? (isGaps ? "earshot-gaps" : id);
    await post(toEvent(routingKey, key, message, actions[message.event]));
    // A test resolves itself, so that it does not keep paging anyone.
    if (message.event === "test") await post(toEvent(routingKey, key, message, "resolve"));
    return null;
  },
};

const post = (event: object) =>
  postOutside(env.PAGERDUTY_EVENTS_URL, JSON.stringify(event), { "content-type": "application/json" });

function toEvent(
  routingKey: string,
  key: string,
  { title, detail, url, alert, incident }: Message,
  action: string,
) {
  const event = { routing_key: routingKey, event_action: action, dedup_key: key.slice(0, 255) };
  if (action !== "trigger") return event;
  return {
    ...event,
    client: "Earshot",
    client_url: url,
    links: [{ href: url, text: "Open in Earshot" }],
    payload: {
      summary: title.slice(0, 1024),
      source: new URL(env.APP_URL).host,
      severity: alert || incident ? "critical" : "warning",
      ...(alert && { timestamp: alert.openedAt, component: alert.call.assistantName ?? "no assistant" }),
      ...(alert && { class: alert.kind }),
      ...(incident && {
        timestamp: incident.openedAt,
        component: incident.cause.label,
        class: `incident by ${incident.cause.kind}`,
      }),
      custom_details: { detail },
    },
  };
}
