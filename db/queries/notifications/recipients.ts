import "server-only";
import { and, asc, eq, exists, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isUnexpired } from "@/db/queries/notifications/push-subscriptions";
import {
  type NotificationRow,
  notificationChannels,
  notifications,
  pushSubscriptions,
} from "@/db/schema/alerts";
import { sessions, users } from "@/db/schema/auth";

/** A notification's recipient, as stored in the outbox: a channel, or a person and how to reach them. */
export type Recipient = Pick<NotificationRow, "channelId" | "userId" | "via">;

/** A key unique to the recipient. */
export function recipientKey({ channelId, userId, via }: Recipient): string {
  return channelId ?? `${via} ${userId}`;
}

/** The rows of the outbox for this recipient. */
export function isFor({ channelId, userId, via }: Recipient) {
  if (channelId !== null) return eq(notifications.channelId, channelId);
  return and(eq(notifications.userId, userId ?? ""), eq(notifications.via, via ?? "email"));
}

/**
 * Returns the recipients of a step: enabled channels; people by mail and, if they have a device with push, by push. Includes
 * people who are blocked or whose role has changed, so that the log shows why they received nothing.
 * @param hasMail whether this server can send mail; a person without a device is still listed by mail, so that the log shows
 * it
 */
export async function findRecipients(
  tx: Pick<Database, "select">,
  { channelIds, userIds }: { channelIds: readonly string[]; userIds: readonly string[] },
  hasMail: boolean,
): Promise<Recipient[]> {
  const channels = await tx
    .select({ id: notificationChannels.id })
    .from(notificationChannels)
    .where(and(inArray(notificationChannels.id, [...channelIds]), eq(notificationChannels.isEnabled, true)));
  const devices = tx
    .select({ one: sql`1` })
    .from(pushSubscriptions)
    .innerJoin(sessions, and(eq(sessions.id, pushSubscriptions.sessionId), isUnexpired))
    .where(eq(sessions.userId, users.id));
  const people = await tx
    .select({ userId: users.id, hasPush: sql<boolean>`${exists(devices)}` })
    .from(users)
    .where(inArray(users.id, [...userIds]))
    .orderBy(asc(users.id));
  return [
    ...channels.map(({ id }) => ({ channelId: id, userId: null, via: null })),
    ...people.flatMap(({ userId, hasPush }) => [
      ...(hasMail || !hasPush ? [{ channelId: null, userId, via: "email" as const }] : []),
      ...(hasPush ? [{ channelId: null, userId, via: "push" as const }] : []),
    ]),
  ];
}

/** A channel to send to, or a person in the shape of one. */
export type Destination = Pick<
  typeof notificationChannels.$inferSelect,
  "id" | "kind" | "name" | "target" | "sealedSecret" | "afterMinutes" | "quietHours"
> & { person: (Pick<typeof users.$inferSelect, "id" | "role"> & { isBlocked: boolean }) | null };

/** How to reach the recipient of each of these rows, in their order; rows whose recipient was deleted are left out. */
export async function readDestinations<Row extends Recipient & { id: string }>(
  db: Pick<Database, "select">,
  rows: readonly Row[],
): Promise<{ notification: Row; channel: Destination }[]> {
  const idsOf = (of: (row: Row) => string | null) => [...new Set(rows.flatMap((row) => of(row) ?? []))];
  const [channels, people] = await Promise.all([
    db
      .select()
      .from(notificationChannels)
      .where(
        inArray(
          notificationChannels.id,
          idsOf(({ channelId }) => channelId),
        ),
      ),
    db
      .select({
        id: users.id,
        name: users.name,
        email: users.email,
        role: users.role,
        isBlocked: users.banned,
      })
      .from(users)
      .where(
        inArray(
          users.id,
          idsOf(({ userId }) => userId),
        ),
      ),
  ]);
  const find = ({ id, channelId, userId, via }: Row): Destination | null => {
    const channel = channels.find((each) => each.id === channelId);
    if (channel) return { ...channel, person: null };
    const person = people.find((each) => each.id === userId);
    if (!person || via === null) return null;
    const { name, email: target, role, isBlocked } = person;
    const settings = { sealedSecret: null, afterMinutes: 0, quietHours: null };
    return { id, kind: via, name, target, ...settings, person: { id: person.id, role, isBlocked } };
  };
  return rows.flatMap((notification) => {
    const channel = find(notification);
    return channel ? [{ notification, channel }] : [];
  });
}
