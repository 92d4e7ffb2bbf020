import * as z from "zod";
import { daySchema } from "@/lib/zones";

/** Every action in the audit log, with its label on the page. */
export const auditActions = {
  "first-operator.created": "Created the first admin",
  "sign-in": "Signed in",
  "sign-in.failed": "Failed to sign in",
  "sign-in.locked": "Locked out after failed sign-ins",
  "password.reset": "Reset the password",
  "password.changed": "Changed the password",
  "reset-link.created": "Created a password reset link",
  "session.revoked": "Ended a session",
  "authenticator.added": "Set up an authenticator app",
  "authenticator.removed": "Removed the authenticator app",
  "recovery-codes.created": "Created new recovery codes",
  "passkey.added": "Added a passkey",
  "passkey.renamed": "Renamed a passkey",
  "passkey.removed": "Removed a passkey",
  "second-factor.confirmed": "Confirmed the second factor",
  "second-factor.reset": "Reset the second factor",
  "second-factor.requirement-changed": "Changed who needs a second factor",
  "person.invited": "Invited",
  "invitation.revoked": "Withdrew an invitation",
  "invitation.accepted": "Accepted an invitation",
  "person.admitted": "Joined with a role from the identity provider",
  "person.role-changed": "Changed a role",
  "person.blocked": "Blocked",
  "person.unblocked": "Unblocked",
  "person.removed": "Removed",
  "api-key.created": "Created an API key",
  "api-key.revoked": "Revoked an API key",
  "credential.created": "Created a webhook credential",
  "credential.rotated": "Rotated a webhook credential",
  "credential.revoked": "Revoked a webhook credential",
  "webhook-addresses.changed": "Changed the allowed addresses",
  "vapi-key.saved": "Saved Vapi's API key",
  "vapi-key.removed": "Removed Vapi's API key",
  "vapi-settings.changed": "Changed settings in Vapi",
  "vapi-settings.restored": "Restored settings in Vapi",
  "import.started": "Started an import of calls",
  "import.paused": "Paused an import of calls",
  "import.resumed": "Resumed an import of calls",
  "import.cancelled": "Cancelled an import of calls",
  "gap-rules.changed": "Changed the missing-call alert",
  "routing.changed": "Changed call routing",
  "retention.changed": "Changed data retention",
  "masking.changed": "Changed masking of sensitive data",
  "alert.acknowledged": "Acknowledged an alert",
  "alert.assigned": "Assigned an alert",
  "alert.snoozed": "Snoozed an alert",
  "alert.noted": "Added a note to an alert",
  "alert.resolved": "Resolved an alert",
  "incident.acknowledged": "Acknowledged an incident",
  "incident.assigned": "Assigned an incident",
  "incident.snoozed": "Snoozed an incident",
  "incident.noted": "Added a note to an incident",
  "incident.resolved": "Resolved an incident",
  "version-alert.acknowledged": "Acknowledged an alert about a version",
  "version-alert.assigned": "Assigned an alert about a version",
  "version-alert.snoozed": "Snoozed an alert about a version",
  "version-alert.noted": "Added a note to an alert about a version",
  "version-alert.resolved": "Resolved an alert about a version",
  "issue.acknowledged": "Acknowledged a Vapi issue",
  "issue.resolved": "Resolved a Vapi issue",
  "incident-rules.changed": "Changed the incident rules",
  "alert-rules.changed": "Changed the silence rules",
  "alert-rule.created": "Added a rule",
  "alert-rule.changed": "Changed a rule",
  "alert-rule.deleted": "Deleted a rule",
  "channel.created": "Created a notification channel",
  "channel.changed": "Changed a notification channel",
  "channel.deleted": "Deleted a notification channel",
  "forwarding-target.created": "Added a forwarding target",
  "forwarding-target.changed": "Changed a forwarding target",
  "forwarding-target.rotated": "Rotated a forwarding target's key",
  "forwarding-target.deleted": "Deleted a forwarding target",
  "forwarding-target.replayed": "Sent past events to a forwarding target again",
  "escalation-policy.created": "Added an escalation policy",
  "escalation-policy.changed": "Changed an escalation policy",
  "escalation-policy.deleted": "Deleted an escalation policy",
  "recording.played": "Played a recording",
  "call.controlled": "Acted on a live call",
  "listening.started": "Started listening to a call",
  "listening.ended": "Stopped listening to a call",
  "control-settings.changed": "Changed live control settings",
  "own-number.changed": "Changed their own number",
  "call.exported": "Exported a call",
  "event.replayed": "Replayed an event",
  "call.replayed": "Replayed a call's events",
  "capture.downloaded": "Downloaded a capture",
  "conversation.created": "Created a conversation",
  "conversation.changed": "Changed a conversation",
  "tool-endpoint.created": "Added a tool endpoint",
  "tool-endpoint.changed": "Changed a tool endpoint",
  "tool-endpoint.deleted": "Deleted a tool endpoint",
  "tool-mail.changed": "Changed the e-mails assistants can send",
  "tool.run": "Ran a tool",
  "directory.created": "Added a team to the directory",
  "directory.changed": "Changed a team in the directory",
  "directory.deleted": "Removed a team from the directory",
  "knowledge.created": "Added a knowledge base document",
  "knowledge.changed": "Changed a knowledge base document",
  "knowledge.deleted": "Deleted a knowledge base document",
  "dialing-rules.changed": "Changed the calling hours",
  "do-not-call.added": "Added numbers to the do-not-call list",
  "do-not-call.removed": "Removed a number from the do-not-call list",
  "transfer-defaults.changed": "Changed the transfer destinations",
  "data.deleted": "Deleted a caller's data",
  "reports.exported": "Exported calls",
  "audit.exported": "Exported the audit log",
} as const satisfies Record<string, string>;

export type AuditAction = keyof typeof auditActions;

const names: readonly string[] = Object.keys(auditActions);

const auditActionSchema = z.custom<AuditAction>(
  (value) => typeof value === "string" && names.includes(value),
  "Unknown action.",
);

/** Who performed an audited action: an Actor of lib/auth, a script on the server, or an unidentified client. */
export type AuditActor =
  | { kind: "person" | "api-key"; id: string; name: string }
  | { kind: "system"; name: string }
  | { kind: "nobody" };

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** Filter of the audit log, as in the page's URL and the API. Days are UTC, both inclusive. */
export const auditFilterSchema = z.object({
  action: optional(auditActionSchema),
  /** Part of the actor's or the target's name. */
  q: optional(z.string().trim().max(200)),
  from: optional(daySchema),
  to: optional(daySchema),
  /** Last id of the previous page; entries come newest first. */
  before: optional(z.coerce.number().int().positive()),
});

export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** Which part of the audit log to export, and in which format. */
export const auditExportSchema = auditFilterSchema.extend({ format: z.enum(["csv", "jsonl"]) });

/** Who makes a change, and from which address, as recorded in the audit log. */
export type By = { actor: Exclude<AuditActor, { kind: "nobody" }>; ip: string | null };
