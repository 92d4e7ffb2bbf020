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

/** What to store of a new channel, and the key its creator is shown once. */
export function prepareChannel<Kind extends ChannelKind>(
  channel: Extract<NewChannel, { kind: Kind }> & { kind: Kind },
) {
  return senders[channel.kind].create(channel);
}

/**
 * Sends a message to one channel.
 * @param id the notification's: the same for each attempt
 * @param first the receipt of the first message about the same subject
 * @returns the receiver's name for the message, where it is of use later
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

/** Why a message did not arrive, in a sentence an admin can act on. Never the error's own text, which may quote a secret URL. */
export function describeFailure(kind: ChannelKind, cause: unknown): string {
  const known = senders[kind].explain?.(cause) ?? null;
  if (typeof known === "string") return known;
  if (known !== null) return describeFailure(kind, known);
  return cause instanceof MisconfiguredChannel ? cause.message : describePostFailure(cause);
}
