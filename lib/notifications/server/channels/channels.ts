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

/** Every kind of channel. */
const senders: { readonly [Kind in ChannelKind]: ChannelSender<Kind> } = {
  slack,
  "slack-app": slackApp,
  email,
  webhook,
  pagerduty,
  teams,
  push,
};

/** What is stored of a new channel, and what its creator is shown once. */
export function prepareChannel<Kind extends ChannelKind>(
  channel: Extract<NewChannel, { kind: Kind }> & { kind: Kind },
) {
  return senders[channel.kind].create(channel);
}

/**
 * Tells one channel, once.
 * @param id the notification's: the same for each attempt
 * @param first the receipt of the first message about the same
 * @returns what the receiver knows the message by, where that is of use
 * @throws unless its arrival was confirmed
 */
export async function sendToChannel(
  channel: Channel,
  id: string,
  message: Message,
  first: string | null,
): Promise<string | null> {
  return senders[channel.kind].send(channel, id, message, first);
}

/** Why something did not arrive, in a sentence an admin can act on. Never an error's own words: they may quote a secret URL. */
export function describeFailure(kind: ChannelKind, cause: unknown): string {
  const known = senders[kind].explain?.(cause) ?? null;
  if (typeof known === "string") return known;
  if (known !== null) return describeFailure(kind, known);
  return cause instanceof MisconfiguredChannel ? cause.message : describePostFailure(cause);
}
