import { z } from "zod";
import type { Channels } from "./channels";
import { eventSchema } from "./event-schema";
import type { HttpAnswer } from "./http-answer";
import { limits } from "./limits";
import { refuseLargeEvent } from "./refuse-large-event";
import { sendEvent } from "./send-event";

const tooMany = `Batch too large: at most ${limits.batchEvents} events`;
const batchSchema = z.object({ batch: z.array(eventSchema).max(limits.batchEvents, tooMany) });

/** POST /batch_events: all of them or, when one is wrong, none. */
export function publishBatch(channels: Channels, body: unknown): HttpAnswer {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) return { status: 400, body: z.prettifyError(parsed.error) };
  const { batch } = parsed.data;
  for (const { data } of batch) {
    const refusal = refuseLargeEvent(data);
    if (refusal) return refusal;
  }
  const told = batch.map((event) => sendEvent(channels, event));
  const asked = batch.some(({ info }) => info !== undefined);
  return { status: 200, body: asked ? { batch: told } : {} };
}
