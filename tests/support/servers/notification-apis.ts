import * as z from "zod";
import { startReceiver } from "@/tests/support/servers/start-receiver";

/* Requests that other systems accept according to their documentation; anything else is rejected as by the real ones. */

const slackText = z.strictObject({
  type: z.enum(["mrkdwn", "plain_text"]),
  text: z.string().min(1).max(3_000),
});
const slackMessage = {
  channel: z.string().regex(/^[CGD][A-Z0-9]+$/),
  text: z.string().min(1).max(40_000),
  blocks: z.array(z.strictObject({ type: z.literal("section"), text: slackText })).max(50),
};
const slackTs = z.string().regex(/^\d{10}\.\d{6}$/);

/** https://docs.slack.dev/reference/methods/chat.postMessage and chat.update */
const slackMethods = {
  "/api/chat.postMessage": z.strictObject({
    ...slackMessage,
    thread_ts: slackTs.optional(),
    reply_broadcast: z.boolean().optional(),
    unfurl_links: z.boolean().optional(),
  }),
  "/api/chat.update": z.strictObject({ ...slackMessage, ts: slackTs }),
} as const;

/** https://developer.pagerduty.com/docs/send-alert-event */
const pagerdutyEvent = z.discriminatedUnion("event_action", [
  z.strictObject({
    event_action: z.literal("trigger"),
    routing_key: z.string().length(32),
    dedup_key: z.string().min(1).max(255),
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string().optional() })).optional(),
    images: z.array(z.object({ src: z.url() })).optional(),
    payload: z.strictObject({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(["critical", "error", "warning", "info"]),
      timestamp: z.iso.datetime().optional(),
      component: z.string().optional(),
      group: z.string().optional(),
      class: z.string().optional(),
      custom_details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.strictObject({
    event_action: z.enum(["acknowledge", "resolve"]),
    routing_key: z.string().length(32),
    dedup_key: z.string().min(1).max(255),
  }),
]);

/** https://adaptivecards.io/schemas/adaptive-card.json at 1.4, as far as we use it, inside a workflow webhook's message. */
const teamsMessage = z.strictObject({
  type: z.literal("message"),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        contentUrl: z.null(),
        content: z.strictObject({
          $schema: z.literal("http://adaptivecards.io/schemas/adaptive-card.json"),
          type: z.literal("AdaptiveCard"),
          version: z.enum(["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"]),
          body: z.array(
            z.strictObject({
              type: z.literal("TextBlock"),
              text: z.string().min(1),
              weight: z.enum(["Default", "Lighter", "Bolder"]).optional(),
              size: z.enum(["Default", "Small", "Medium", "Large", "ExtraLarge"]).optional(),
              isSubtle: z.boolean().optional(),
              wrap: z.boolean().optional(),
            }),
          ),
          actions: z.array(
            z.strictObject({ type: z.literal("Action.OpenUrl"), title: z.string(), url: z.url() }),
          ),
        }),
      }),
    )
    .min(1),
});

interface Answer {
  status?: number;
  body?: object;
}

/** Serves Slack's Web API, PagerDuty's Events API v2, a Teams workflow and a custom webhook, all on one loopback server. */
export async function startNotificationApis({ slackToken }: { slackToken: string }) {
  /** Validation errors of rejected requests. */
  const refused: string[] = [];
  let posts = 0;
  let updateAnswer: Answer | null = null;
  const toSlackTs = (post: number) => `1790000000.${String(post).padStart(6, "0")}`;
  const check = (schema: z.ZodType, body: string): boolean => {
    const { error } = schema.safeParse(JSON.parse(body));
    if (error) refused.push(z.prettifyError(error));
    return !error;
  };
  const server = await startReceiver(({ path, headers, body }) => {
    if (path === "/v2/enqueue") {
      return check(pagerdutyEvent, body)
        ? { status: 202, body: { status: "success", message: "Event processed" } }
        : { status: 400, body: { status: "invalid event" } };
    }
    if (path === "/hook") return {};
    if (path.startsWith("/workflows/")) return { status: check(teamsMessage, body) ? 202 : 400 };
    if (path !== "/api/chat.postMessage" && path !== "/api/chat.update") return { status: 404 };
    if (headers.authorization !== `Bearer ${slackToken}`)
      return { body: { ok: false, error: "invalid_auth" } };
    if (path === "/api/chat.update" && updateAnswer) return updateAnswer;
    if (!check(slackMethods[path], body)) return { body: { ok: false, error: "invalid_arguments" } };
    const sent = JSON.parse(body);
    posts += 1;
    return { body: { ok: true, channel: sent.channel, ts: sent.ts ?? toSlackTs(posts) } };
  });
  return {
    ...server,
    refused,
    /** Sets how Slack answers to edits; null: as documented. */
    answerUpdates: (answer: Answer | null) => {
      updateAnswer = answer;
    },
    /** The `ts` that Slack's next message gets. */
    nextSlackTs: () => toSlackTs(posts + 1),
  };
}
