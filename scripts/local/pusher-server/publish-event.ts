import { z } from "zod";
import type { Channels } from "./channels";
import { spreadEventSchema } from "./event-schema";
import type { HttpAnswer } from "./http-answer";
import { refuseLargeEvent } from "./refuse-large-event";
import { sendEvent } from "./send-event";

/** POST /events */
export function publishEvent(channels: Channels, body: unknown): HttpAnswer {
  const parsed = spreadEventSchema.safeParse(body);
  if (!parsed.success) return { status: 400, body: z.prettifyError(parsed.error) };
  const { channels: names, ...event } = parsed.data;
  const refusal = refuseLargeEvent(event.data);
  if (refusal) return refusal;
  const told = [...new Set(names)].map((channel) => [channel, sendEvent(channels, { ...event, channel })]);
  return { status: 200, body: event.info === undefined ? {} : { channels: Object.fromEntries(told) } };
}
