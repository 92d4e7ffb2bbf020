import "server-only";
import { z } from "zod";
import { type Database, db } from "@/db/client";
import { listMembers, type MemberEvent, recordMembers, vacateOthers } from "@/db/queries/realtime";
import { problem, readText } from "@/lib/http/server/http";
import { logRepeated } from "@/lib/log-repeated";
import { boardChannel, findPresenceCall, splitGeneration } from "@/lib/realtime/push";
import { announceGeneration, currentGeneration } from "@/lib/realtime/server/generation";
import { updateOccupancy } from "@/lib/realtime/server/occupancy";
import { getPusherClient } from "@/lib/realtime/server/pusher-client";
import { sendPushes } from "@/lib/realtime/server/send";

/** Records people who opened or left a call's page, and pushes the result to the board. Never rejects. */
export async function recordWatchers(events: readonly MemberEvent[]): Promise<void> {
  if (events.length === 0) return;
  try {
    await recordMembers(db, events);
    const channels = [...new Set(events.map(({ channel }) => splitGeneration(channel).channel))];
    const present = await listMembers(db, channels);
    const pushes = channels.flatMap((channel) => {
      const callId = findPresenceCall(channel);
      const watchers = present
        .filter((member) => member.channel === channel)
        .map(({ id, name }) => ({ id, name }));
      return callId === null
        ? []
        : [{ channel: boardChannel, push: { kind: "watchers" as const, callId, watchers } }];
    });
    await sendPushes(pushes);
  } catch (cause) {
    logRepeated("warn", "a call's viewers could not be read", { error: cause });
  }
}

const channel = z.string().max(200);
const eventSchema = z.union([
  z.object({ name: z.enum(["channel_occupied", "channel_vacated"]), channel }),
  z.object({ name: z.enum(["member_added", "member_removed"]), channel, user_id: z.string().max(200) }),
]);
const bodySchema = z.object({ time_ms: z.number(), events: z.array(z.unknown()) });

interface PusherEvents {
  channels: { channel: string; isOccupied: boolean; at: Date }[];
  members: { channel: string; userId: string; isPresent: boolean; at: Date }[];
}

/**
 * Reads Pusher's webhook if it has our app's signature (checked by Pusher's own library, over the raw body); null if it
 * does not. Unknown kinds of events are skipped.
 * @see https://pusher.com/docs/channels/server_api/webhooks/
 */
async function readPusherWebhook(headers: Headers, rawBody: string): Promise<PusherEvents | null> {
  const pusher = await getPusherClient();
  const webhook = pusher.webhook({ headers: Object.fromEntries(headers), rawBody });
  if (!webhook.isValid()) return null;
  const { time_ms: timeMs, events } = bodySchema.parse(webhook.getData());
  const at = new Date(timeMs);
  const known = events.flatMap((event) => eventSchema.safeParse(event).data ?? []);
  return {
    channels: known.flatMap((event) =>
      "user_id" in event || !event.channel.startsWith("private-")
        ? []
        : [{ channel: event.channel, isOccupied: event.name === "channel_occupied", at }],
    ),
    members: known.flatMap((event) =>
      "user_id" in event
        ? [{ channel: event.channel, userId: event.user_id, isPresent: event.name === "member_added", at }]
        : [],
    ),
  };
}

/**
 * Answers Pusher's webhook, which reports channels that fill and empty and members that come and go; signed with our
 * app's secret. `later`: work that continues after the answer is sent; never rejects.
 */
export async function answerPusherWebhook(
  request: Request,
): Promise<{ response: Response; later: Promise<void> }> {
  const body = await readText(request);
  if (body.refused) return { response: body.refused, later: Promise.resolve() };
  const reported = await readPusherWebhook(request.headers, body.text);
  if (!reported) {
    const response = problem(401, "Unauthorized", "The signature does not match this Pusher app.");
    return { response, later: Promise.resolve() };
  }
  await updateOccupancy(reported.channels);
  return { response: Response.json({}), later: recordWatchers(reported.members) };
}

const answerSchema = z.object({ channels: z.record(z.string(), z.unknown()) });

/**
 * Announces the new generation to pages still on an older one: the first announcement may have been lost. People who
 * lost access may stay there, where nothing is published any more.
 */
async function callBehind(occupied: readonly string[]): Promise<void> {
  const generation = await currentGeneration();
  const isBehind = occupied.some((name) => ![null, generation].includes(splitGeneration(name).generation));
  if (isBehind) await announceGeneration(generation);
}

/**
 * Asks Pusher which channels have subscribers: webhooks get lost, and a Pusher app may not send any. Afterwards the
 * table is never empty, which would mean that nothing is known.
 * @throws when Pusher does not answer
 */
export async function reconcileOccupancy(db: Database): Promise<void> {
  const askedAt = new Date();
  const response = await (await getPusherClient()).get({
    path: "/channels",
    params: { filter_by_prefix: "private-" },
  });
  if (response.status !== 200) throw new Error(`Pusher answered ${response.status}.`);
  const occupied = Object.keys(answerSchema.parse(await response.json()).channels);
  await callBehind(occupied);
  await vacateOthers(db, [boardChannel, ...occupied]);
  await updateOccupancy(
    [boardChannel, ...occupied].map((channel) => ({ channel, isOccupied: true, at: askedAt })),
  );
}
