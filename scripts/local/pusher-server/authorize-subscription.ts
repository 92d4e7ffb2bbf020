import { z } from "zod";
import type { AppCredentials } from "./app-credentials";
import { channelKind } from "./channel-kind";
import type { Member } from "./channels";
import { isSameText } from "./is-same-text";
import { sign } from "./sign";

export const subscriptionSchema = z.object({
  channel: z.string(),
  auth: z.string().default(""),
  channel_data: z.string().optional(),
});

const memberSchema = z.object({
  user_id: z.union([z.string().min(1), z.number()]).transform(String),
  user_info: z.unknown().optional(),
});

type Answer = { allowed: true; member: Member | null } | { allowed: false; code: number; message: string };

const refuse = (message: string, code = 4009): Answer => ({ allowed: false, code, message });

/**
 * May this connection subscribe? Private and presence channels need `key:signature`, where the app's server signed
 * `socket_id:channel[:channel_data]` ("Authentication signatures" in Pusher's documentation).
 */
export function authorizeSubscription(
  { key, secret }: AppCredentials,
  socketId: string,
  { channel, auth, channel_data }: z.infer<typeof subscriptionSchema>,
): Answer {
  const kind = channelKind(channel);
  if (!kind) return refuse("Invalid channel name", 4300);
  if (kind === "public") return { allowed: true, member: null };

  const signed = [socketId, channel, ...(channel_data === undefined ? [] : [channel_data])].join(":");
  if (!isSameText(auth, `${key}:${sign(secret, signed)}`)) {
    return refuse(`Invalid signature: the auth value for ${channel} was not made with this app's secret`);
  }
  if (kind === "private") return { allowed: true, member: null };

  const member = memberSchema.safeParse(parseJson(channel_data ?? ""));
  if (!member.success) return refuse(`A presence channel needs channel_data with a user_id`);
  return { allowed: true, member: member.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema
  }
}
