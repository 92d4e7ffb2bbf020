import "server-only";
import { describePostFailure } from "@/lib/http/server/post-outside";
import type { ChannelKind, NewChannel } from "@/lib/notifications/channel";
import type { Message } from "@/lib/notifications/message";
import { email } from "@/lib/notifications/server/channels/email";
import { pagerduty } from "@/lib/notifications/server/channels/pagerduty";
import { push } from "@/lib/notifications/server/channels/push";
import {
  type Channel,
  type ChannelSender,
  MisconfiguredChannel,
} from "@/lib/notifications/server/channels/sender";
import { slack } from "@/lib/notifications/server/channels/slack";
import { slackApp } from "@/lib/notifications/server/channels/slack-app";
import { teams } from "@/lib/notifications/server/channels/teams";
import { webhook } from "@/lib/notifications/server/channels/webhook";

const senders: { readonly [Kind in ChannelKind]: ChannelSender<Kind> } = {
  slack,
  "slack-app": slackApp,
  email,
  webhook,
  pagerduty,
  teams,
  push,
};

/** Returns the columns of a new channel, and the key that is shown to its creator once. */
export function prepareChannel<Kind extends ChannelKind>(
  channel: Extract<NewChannel, { kind: Kind }> & { kind: Kind },
) {
  return senders[channel.kind].create(channel);
}

/**
 * Sends a message to one channel.
 * @param id the notification's id: the same for each attempt
 * @param first the receipt of the first message about the same subject
 * @returns a receipt that later messages may need, or null
 * @throws unless the receiver confirmed it
 */
export async function sendToChannel(
  channel: Channel,
  id: string,
  message: Message,
  first: string | null,
): Promise<string | null> {
  return senders[channel.kind].send(channel, id, message, first);
}

/** Returns why a message did not arrive, in a sentence an admin can act on. Never quotes errors, which may hold secret URLs. */
export function describeFailure(kind: ChannelKind, cause: unknown): string {
  const known = senders[kind].explain?.(cause) ?? null;
  if (typeof known === "string") return known;
  if (known !== null) return describeFailure(kind, known);
  return cause instanceof MisconfiguredChannel ? cause.message : describePostFailure(cause);
}
