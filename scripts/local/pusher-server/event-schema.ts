import { z } from "zod";
import { channelKind } from "./auth";
import { limits } from "./limits";

const channelName = z.string().refine((name) => channelKind(name) !== null, "Invalid channel name");

const event = z.object({
  name: z.string().min(1).max(limits.nameLength),
  data: z.string(),
  socket_id: z.string().optional(),
  /** Attributes of the channel that the answer should tell. */
  info: z.string().optional(),
});

/** An event to one channel. */
export const eventSchema = event.extend({ channel: channelName });

/** An event to one channel, or to up to a hundred. */
export const spreadEventSchema = z.union([
  event.extend({ channels: z.array(channelName).min(1).max(limits.channelsPerEvent) }),
  eventSchema.transform(({ channel, ...rest }) => ({ ...rest, channels: [channel] })),
]);

export type Event = z.infer<typeof eventSchema>;
