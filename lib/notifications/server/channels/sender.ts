import "server-only";
import type { Destination } from "@/db/queries/notifications/recipients";
import type { ChannelKind, NewChannel } from "@/lib/notifications/channel";
import type { Message } from "@/lib/notifications/message";
import { openSecret } from "@/lib/secrets";

export type Channel = Destination;

/** The server side of one kind of channel: what is stored, and how a message is sent. */
export interface ChannelSender<Kind extends ChannelKind> {
  /** `target`: the destination as displayed. `secret`: stored encrypted. `key`: shown to the creator once. */
  create: (channel: Extract<NewChannel, { kind: Kind }>) => {
    target: string;
    secret: string | null;
    key: string | null;
  };
  /**
   * Sends one message.
   * @param id the notification's id: the same for each attempt
   * @param first the receipt of the first message about the same subject, if any
   * @returns a receipt if the receiver issues one, else null
   * @throws unless the receiver confirmed it
   */
  send: (channel: Channel, id: string, message: Message, first: string | null) => Promise<string | null>;
  /** Explains failures that only this kind of channel knows, or returns the underlying error to explain instead, or null. */
  explain?: (cause: unknown) => string | Error | null;
}

/** The channel's setup cannot work. The message says what to do. */
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
