import { z } from "zod";
import { channelKind } from "./auth";
import {
  type Channels,
  describeChannel,
  eventSchema,
  readInfo,
  sendEvent,
  spreadEventSchema,
} from "./channels";
import { limits } from "./limits";

/** GET /channels/{name} */
export function getChannel(channels: Channels, name: string, query: URLSearchParams): HttpAnswer {
  if (!channelKind(name)) return { status: 400, body: "Invalid channel name" };
  const attributes = describeChannel(channels, name, readInfo(query.get("info")));
  if (typeof attributes === "string") return { status: 400, body: attributes };
  return { status: 200, body: { occupied: channels.find(name) !== undefined, ...attributes } };
}

/** GET /channels: every occupied channel, or those whose name starts with `filter_by_prefix`. */
export function listChannels(channels: Channels, query: URLSearchParams): HttpAnswer {
  const prefix = query.get("filter_by_prefix") ?? "";
  const info = readInfo(query.get("info"));
  if (info.includes("user_count") && !prefix.startsWith("presence-")) {
    return { status: 400, body: "user_count is for presence channels only: set filter_by_prefix" };
  }
  const found: Record<string, object> = {};
  for (const name of channels.names().filter((name) => name.startsWith(prefix))) {
    const attributes = describeChannel(channels, name, info);
    if (typeof attributes === "string") return { status: 400, body: attributes };
    found[name] = attributes;
  }
  return { status: 200, body: { channels: found } };
}

/** GET /channels/{name}/users: the members of a presence channel, each listed once. */
export function listUsers(channels: Channels, name: string): HttpAnswer {
  if (channelKind(name) !== "presence") return { status: 400, body: "Only presence channels have users" };
  const users = [...channels.listMembers(name).keys()].map((id) => ({ id }));
  return { status: 200, body: { users } };
}

/** Returns Pusher's response to an oversized event, or null for an event that fits. */
function refuseLargeEvent(data: string): HttpAnswer | null {
  if (Buffer.byteLength(data) <= limits.eventBytes) return null;
  const body = `The data content of this event exceeds the allowed maximum (${limits.eventBytes} bytes)`;
  return { status: 413, body };
}

const tooMany = `Batch too large: at most ${limits.batchEvents} events`;
const batchSchema = z.object({ batch: z.array(eventSchema).max(limits.batchEvents, tooMany) });

/** POST /batch_events: publishes all events, or none if one is invalid. */
export function publishBatch(channels: Channels, body: unknown): HttpAnswer {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) return { status: 400, body: z.prettifyError(parsed.error) };
  const { batch } = parsed.data;
  for (const { data } of batch) {
    const refusal = refuseLargeEvent(data);
    if (refusal) return refusal;
  }
  const results = batch.map((event) => sendEvent(channels, event));
  const asked = batch.some(({ info }) => info !== undefined);
  return { status: 200, body: asked ? { batch: results } : {} };
}

/** POST /events */
export function publishEvent(channels: Channels, body: unknown): HttpAnswer {
  const parsed = spreadEventSchema.safeParse(body);
  if (!parsed.success) return { status: 400, body: z.prettifyError(parsed.error) };
  const { channels: names, ...event } = parsed.data;
  const refusal = refuseLargeEvent(event.data);
  if (refusal) return refusal;
  const results = [...new Set(names)].map((channel) => [channel, sendEvent(channels, { ...event, channel })]);
  return { status: 200, body: event.info === undefined ? {} : { channels: Object.fromEntries(results) } };
}

/** A response of the HTTP API: JSON on success, a sentence on failure. */
export type HttpAnswer = { status: 200; body: object } | { status: 400 | 401 | 404 | 413; body: string };
