import "server-only";
import * as z from "zod";
import { env } from "@/lib/env";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { PostFailed } from "@/lib/http/server/post-outside";
import { log } from "@/lib/log";
import {
  type ChannelSender,
  MisconfiguredChannel,
  readSecret,
} from "@/lib/notifications/server/channels/sender";
import { toSlack } from "@/lib/notifications/server/channels/slack";

/** https://docs.slack.dev/reference/methods/chat.postMessage responds with 200 even on failure. */
const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), channel: z.string(), ts: z.string() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

/** A Slack channel, through an app. Updates edit the first message to show the current state and reply to it in a thread. */
export const slackApp: ChannelSender<"slack-app"> = {
  create: ({ token, conversation }) => ({ target: conversation, secret: token, key: null }),
  async send(channel, _id, message, first) {
    const token = readSecret(channel);
    const [conversation = channel.target, ts] = first?.split(" ") ?? [];
    const shown = { ...toSlack(message), channel: conversation };
    // First, because only this can be repeated: if it gets no answer, both are tried again.
    if (ts) await edit(token, { ...shown, ts });
    const posted = await call(token, "chat.postMessage", {
      ...shown,
      unfurl_links: false,
      ...(ts && { thread_ts: ts, reply_broadcast: message.event.endsWith(".escalated") }),
    });
    return first ?? `${posted.channel} ${posted.ts}`;
  },
};

/** Slack refuses it if the message was deleted or may not be edited any more; the reply says the same. */
async function edit(token: string, message: object): Promise<void> {
  try {
    await call(token, "chat.update", message);
  } catch (cause) {
    if (!(cause instanceof MisconfiguredChannel)) throw cause;
    log("warn", "Slack refused to edit a message", { error: cause, why: cause.message });
  }
}

async function call(token: string, method: string, body: object) {
  const response = await guardedFetch(`${env.SLACK_API_URL}${method}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${token}` },
    maxRedirects: 0,
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new PostFailed(response.status);
  }
  const answer = answerSchema.parse(await response.json());
  if (!answer.ok) throw new MisconfiguredChannel(`Slack rejected it: ${answer.error.slice(0, 100)}.`);
  return answer;
}
