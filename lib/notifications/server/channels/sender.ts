import "server-only";
import type { Claimed } from "@/db/queries/notifications/outbox";
import type { ChannelKind, NewChannel } from "@/lib/notifications/channel";
import type { Message } from "@/lib/notifications/message";
import { openSecret } from "@/lib/secrets";

export type Channel = Claimed["channel"];

/** One kind of channel on the server: what is kept of a new one, and how a message gets there. */
export interface ChannelSender<Kind extends ChannelKind> {
  /**
   * `target`: what is shown of where it leads. `secret`: what is kept sealed. `key`: shown to its creator, once.
   */
  create: (channel: Extract<NewChannel, { kind: Kind }>) => {
    target: string;
    secret: string | null;
    key: string | null;
  };
  /**
   * @param id the notification's: the same for each attempt
   * @param first the receipt of the first message about the same, where there is one
   * @returns a receipt, where the receiver names what it took; else null
   * @throws unless its arrival was confirmed
   */
  send: (channel: Channel, id: string, message: Message, first: string | null) => Promise<string | null>;
  /** Why it did not arrive, where only this kind knows; another error's cause to go on with, or null. */
  explain?: (cause: unknown) => string | Error | null;
}

/** A channel that cannot work as it is set up. The message says what to do. */
export class MisconfiguredChannel extends Error {
  override name = "MisconfiguredChannel";
}

/** @throws MisconfiguredChannel */
export function readSecret({ id, sealedSecret }: Channel): string {
  const secret = sealedSecret && openSecret(sealedSecret, id);
  if (secret) return secret;
  throw new MisconfiguredChannel(
    "Its secret cannot be read, since BETTER_AUTH_SECRET has changed: make the channel anew.",
  );
}
