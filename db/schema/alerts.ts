import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { versionAlerts } from "@/db/schema/analytics";
import { sessions, users } from "@/db/schema/auth";
import { calls } from "@/db/schema/calls";
import { actedColumns, actionColumns, moment, transactionId } from "@/db/schema/columns";
import { incidents } from "@/db/schema/incidents";
import { vapiIssues } from "@/db/schema/issues";
import type { Alert, AlertChange, FiredRule } from "@/lib/alerts/alert";
import type { ChannelKind, QuietHours } from "@/lib/notifications/channel";
import type { EscalationPolicy } from "@/lib/notifications/escalation";
import type {
  AlertEvent,
  NotificationState,
  NotificationSubject,
  PersonalRoute,
  SendFailure,
} from "@/lib/notifications/notification";

/**
 * One row per alert. Its facts are derived from the call's speech (lib/alerts/episodes.ts) as of `callVersion`, and only a
 * later version overwrites them, so concurrent writers cannot leave an older state. The columns for actions are written only
 * for people's actions, each in one conditional statement (db/queries/alerts/write.ts).
 */
export const alerts = pgTable(
  "alerts",
  {
    /** See lib/alerts/alert.ts. */
    id: text().primaryKey(),
    callId: text()
      .notNull()
      .references(() => calls.id, { onDelete: "cascade" }),

    kind: text().$type<Alert["kind"]>().notNull(),
    since: moment().notNull(),
    openedAt: moment().notNull(),
    hangs: integer().notNull(),
    closedAt: moment(),
    outcome: text().$type<Alert["outcome"]>().notNull(),
    callVersion: integer().notNull(),
    /** The call's assistant as of `callVersion`: its id, or its name if it has no id. For filters of the history. */
    assistant: text(),
    /** The rule that fired, as it was then, and its evidence; null for other kinds. */
    rule: jsonb().$type<FiredRule>(),
    noticedAt: moment().notNull().defaultNow(),

    ...actedColumns(),
  },
  (table) => [
    index("alerts_call").on(table.callId),
    // The history, newest first, in keyset pages.
    index("alerts_opened_at").on(table.openedAt.desc(), table.id),
    // The history of one kind, assistant or owner.
    index("alerts_kind").on(table.kind, table.openedAt.desc(), table.id),
    index("alerts_assistant").on(table.assistant, table.openedAt.desc(), table.id),
    index("alerts_owner")
      .on(sql`(${table.assignee}->>'id')`, table.openedAt.desc(), table.id)
      .where(sql`${table.assignee} is not null`),
    // Alerts the tick checks until they close.
    index("alerts_open").on(table.callId).where(sql`${table.closedAt} is null`),
  ],
);

export type AlertRow = typeof alerts.$inferSelect;

/** People's actions on alerts. */
export const alertActs = pgTable(
  "alert_acts",
  {
    ...actionColumns(),
    alertId: text()
      .notNull()
      .references(() => alerts.id, { onDelete: "cascade" }),
  },
  (table) => [index("alert_acts_alert").on(table.alertId)],
);

/** Every change of an alert, in the order of transactions, for forwarding (db/queries/forwarding/feed.ts). */
export const alertChanges = pgTable(
  "alert_changes",
  {
    id: uuid().primaryKey().defaultRandom(),
    alertId: text()
      .notNull()
      .references(() => alerts.id, { onDelete: "cascade" }),
    callId: text().notNull(),
    change: text().$type<AlertChange>().notNull(),
    at: moment().notNull(),
    recordedIn: transactionId().notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    index("alert_changes_recorded_in").on(table.recordedIn),
    index("alert_changes_alert").on(table.alertId),
    index("alert_changes_at").on(table.at),
  ],
);

/** The destinations of notifications. */
export const notificationChannels = pgTable(
  "notification_channels",
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text().$type<ChannelKind>().notNull(),
    name: text().notNull(),
    /** The destination as it may be shown; secrets are in `sealedSecret`. */
    target: text().notNull(),
    /** The Slack URL, or the key a webhook is signed with (lib/secrets.ts). */
    sealedSecret: text(),
    /** 0: at once; else only once an alert has been unacknowledged for this long. */
    afterMinutes: integer().notNull().default(0),
    quietHours: jsonb().$type<QuietHours>(),
    /** Whether it also sends acknowledgements, recoveries and resolutions. */
    tellsUpdates: boolean().notNull().default(false),
    isEnabled: boolean().notNull().default(true),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [
    // One channel represents all devices with push.
    uniqueIndex("notification_channels_push").on(table.kind).where(sql`${table.kind} = 'push'`),
  ],
);

/** A browser that shows alerts while no page is open (RFC 8030). Deleted with its session. */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    /** Derived from the endpoint, so a browser that subscribes again keeps its row. */
    id: uuid().primaryKey(),
    sessionId: text()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** Endpoint and keys, sealed because anyone who has them can write to the device (lib/secrets.ts). */
    sealedSubscription: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [index("push_subscriptions_session").on(table.sessionId)],
);

/**
 * The outbox: one row per notification and recipient, written in the transaction that stores its subject. A sender first moves
 * `dueAt` ahead, so that a notification becomes due again if the sender dies.
 */
export const notifications = pgTable(
  "notifications",
  {
    /** Derived from subject, recipient and event, so that a receiver recognises a repeat. */
    id: uuid().primaryKey(),
    about: text().$type<NotificationSubject>().notNull().default("alert"),
    /** The event that the notification reports. */
    event: text().$type<AlertEvent>().notNull().default("opened"),
    /** The alert it is about, if it is about one. */
    alertId: text().references(() => alerts.id, { onDelete: "cascade" }),
    /** The incident it is about, if it is about one. */
    incidentId: uuid().references(() => incidents.id, { onDelete: "cascade" }),
    /** The issue of Vapi's monitoring it is about, if it is about one. */
    issueId: text().references(() => vapiIssues.id, { onDelete: "cascade" }),
    /** The worse version of an assistant it is about, if it is about one. */
    versionAlertId: uuid().references(() => versionAlerts.id, { onDelete: "cascade" }),
    /** Where it goes: to a channel or to a person. */
    channelId: uuid().references(() => notificationChannels.id, { onDelete: "cascade" }),
    userId: text().references(() => users.id, { onDelete: "cascade" }),
    /** How the person is reached; null for a channel. */
    via: text().$type<PersonalRoute>(),
    state: text().$type<NotificationState>().notNull().default("waiting"),
    dueAt: moment().notNull(),
    /** How often it was claimed; only its last sender may settle it. */
    attempts: integer().notNull().default(0),
    failures: jsonb().$type<SendFailure[]>().notNull().default([]),
    /** When it was sent, given up or skipped. */
    settledAt: moment(),
    /** Why it was skipped. */
    reason: text(),
    /** The receiver's name for the message, to which updates refer: Slack's channel and timestamp. */
    receipt: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [
    index("notifications_due").on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    // Deleting a call deletes its notifications.
    index("notifications_alert").on(table.alertId),
    index("notifications_incident").on(table.incidentId).where(sql`${table.incidentId} is not null`),
    index("notifications_issue").on(table.issueId).where(sql`${table.issueId} is not null`),
    index("notifications_version").on(table.versionAlertId).where(sql`${table.versionAlertId} is not null`),
    index("notifications_created_at").on(table.createdAt.desc(), table.id),
    // Health and metrics count those that failed lately.
    index("notifications_failed").on(table.settledAt).where(sql`${table.state} = 'failed'`),
    // No subject's deletion deletes these; retention does.
    index("notifications_without_subject")
      .on(table.settledAt.desc())
      .where(
        sql`${table.alertId} is null and ${table.incidentId} is null and ${table.issueId} is null and ${table.versionAlertId} is null`,
      ),
    // Deleting a person deletes their notifications.
    index("notifications_user").on(table.userId).where(sql`${table.userId} is not null`),
    check(
      "notifications_recipient",
      sql`(${table.channelId} is null) = (${table.userId} is not null and ${table.via} is not null)`,
    ),
  ],
);

export type NotificationRow = typeof notifications.$inferSelect;

/**
 * Channels and people to notify of alerts, incidents, issues and worse versions that stay unacknowledged
 * (lib/notifications/escalation.ts).
 */
export const escalationPolicies = pgTable("escalation_policies", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  isEnabled: boolean().notNull().default(true),
  subjects: jsonb().$type<EscalationPolicy["subjects"]>().notNull(),
  hours: jsonb().$type<EscalationPolicy["hours"]>(),
  steps: jsonb().$type<EscalationPolicy["steps"]>().notNull(),
  createdAt: moment().notNull().defaultNow(),
});

/**
 * One row for each alert, incident, issue or worse version on its way through a policy, written in the transaction that
 * stores its subject. A step is taken in one transaction with the outbox, so it is taken once, however many processes try.
 */
export const escalations = pgTable(
  "escalations",
  {
    id: uuid().primaryKey().defaultRandom(),
    policyId: uuid()
      .notNull()
      .references(() => escalationPolicies.id, { onDelete: "cascade" }),
    alertId: text().references(() => alerts.id, { onDelete: "cascade" }),
    incidentId: uuid().references(() => incidents.id, { onDelete: "cascade" }),
    issueId: text().references(() => vapiIssues.id, { onDelete: "cascade" }),
    versionAlertId: uuid().references(() => versionAlerts.id, { onDelete: "cascade" }),
    startedAt: moment().notNull(),
    doneMinutes: integer().notNull().default(0),
    dueAt: moment().notNull(),
    endedAt: moment(),
    /** Why it ended. */
    reason: text(),
  },
  (table) => [
    index("escalations_due").on(table.dueAt).where(sql`${table.endedAt} is null`),
    index("escalations_policy").on(table.policyId),
    uniqueIndex("escalations_alert").on(table.alertId, table.policyId),
    uniqueIndex("escalations_incident").on(table.incidentId, table.policyId),
    uniqueIndex("escalations_issue").on(table.issueId, table.policyId),
    uniqueIndex("escalations_version").on(table.versionAlertId, table.policyId),
  ],
);

export type EscalationRow = typeof escalations.$inferSelect;
