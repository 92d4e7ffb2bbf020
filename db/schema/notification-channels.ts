import { boolean, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { ChannelKind, QuietHours } from "@/lib/notifications/channel";

/** Where alerts are told outside Earshot. */
export const notificationChannels = pgTable("notification_channels", {
  id: uuid().primaryKey().defaultRandom(),
  kind: text().$type<ChannelKind>().notNull(),
  name: text().notNull(),
  /** E-mail addresses, or the webhook's URL. A Slack URL is a password, and stands sealed. */
  target: text().notNull(),
  /** The Slack URL, or the key a webhook is signed with (lib/sealed-secret.ts). */
  sealedSecret: text(),
  /** 0: at once; else only when nobody has acknowledged for this long. */
  afterMinutes: integer().notNull().default(0),
  quietHours: jsonb().$type<QuietHours>(),
  isEnabled: boolean().notNull().default(true),
  createdAt: moment().notNull().defaultNow(),
});
