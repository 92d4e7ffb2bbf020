import "server-only";
import type { Destination } from "@/db/queries/notifications/recipients";
import type { ChannelKind, NewChannel } from "@/lib/notifications/channel";
import type { Message } from "@/lib/notifications/message";
import { openSecret } from "@/lib/secrets";

export type Channel = Destination;

/** The server part of one kind of channel: what is stored of a new one, and how a message is sent. */
export interface ChannelSender<Kind extends ChannelKind> {
  /** `target`: the destination as it may be shown. `secret`: stored sealed. `key`: shown to its creator once. */
  create: (channel: Extract<NewChannel, { kind: Kind }>) => {
    target: string;
    secret: string | null;
    key: string | null;
  };
  /**
   * @param id the notification's: the same for each attempt
   * @param first the receipt of the first message about the same subject, where there is one
   * @returns a receipt where the receiver names the message, else null
   * @throws unless its arrival was confirmed
   */
  send: (channel: Channel, id: string, message: Message, first: string | null) => Promise<string | null>;
  /** Why sending failed, where only this kind of channel knows; or the underlying error to explain instead, or null. */
  explain?: (cause: unknown) => string | Error | null;
}

/** A channel whose setup cannot work. The message says what to do. */
export class MisconfiguredChannel extends Error {
  override name = "MisconfiguredChannel";
}

/** @throws MisconfiguredChannel */
export function readSecret({ id, sealedSecret }: Channel): string {
  const secret = sealedSecret && openSecret(sealedSecret, id);
  if (secret) return secret;
  throw new MisconfiguredChannel(
    "Its secret cannot be read: BETTER_AUTH_SECRET has changed. Delete the channel and add it again.",
  );
}
