import * as z from "zod";

/** Everything the audit log can say, with the words the page shows. */
export const auditActions = {
  "first-operator.created": "Created the first operator",
  "sign-in": "Signed in",
  "sign-in.failed": "Failed to sign in",
  "sign-in.locked": "Locked out after failed sign-ins",
  "password.reset": "Reset the password",
  "password.changed": "Changed the password",
  "reset-link.created": "Made a password reset link",
  "session.revoked": "Ended a session",
  "authenticator.added": "Set up an authenticator app",
  "authenticator.removed": "Removed the authenticator app",
  "recovery-codes.created": "Made new recovery codes",
  "passkey.added": "Added a passkey",
  "passkey.renamed": "Renamed a passkey",
  "passkey.removed": "Removed a passkey",
  "second-factor.confirmed": "Confirmed the second factor",
  "second-factor.reset": "Reset the second factor",
  "second-factor.requirement-changed": "Changed who must have a second factor",
  "person.invited": "Invited",
  "invitation.revoked": "Withdrew an invitation",
  "invitation.accepted": "Accepted an invitation",
  "person.admitted": "Admitted by the role that a provider claims",
  "person.role-changed": "Changed a role",
  "person.blocked": "Blocked",
  "person.unblocked": "Unblocked",
  "person.removed": "Removed",
  "api-key.created": "Created an API key",
  "api-key.revoked": "Revoked an API key",
  "credential.created": "Created a webhook credential",
  "credential.rotated": "Rotated a webhook credential",
  "credential.revoked": "Revoked a webhook credential",
  "webhook-addresses.changed": "Changed where deliveries are taken from",
  "vapi-key.saved": "Saved Vapi's API key",
  "vapi-key.removed": "Removed Vapi's API key",
  "vapi-settings.changed": "Changed settings in Vapi",
  "vapi-settings.restored": "Put settings in Vapi back",
  "import.started": "Started an import of calls",
  "import.paused": "Paused an import of calls",
  "import.resumed": "Resumed an import of calls",
  "import.cancelled": "Cancelled an import of calls",
  "gap-rules.changed": "Changed when missing calls are an alert",
  "routing.changed": "Changed who answers calls",
  "retention.changed": "Changed how long data is kept",
  "masking.changed": "Changed which sensitive data is masked",
  "alert.acknowledged": "Acknowledged an alert",
  "alert.assigned": "Assigned an alert",
  "alert.snoozed": "Snoozed an alert",
  "alert.noted": "Wrote a note on an alert",
  "alert.resolved": "Resolved an alert",
  "incident.acknowledged": "Acknowledged an incident",
  "incident.assigned": "Assigned an incident",
  "incident.snoozed": "Snoozed an incident",
  "incident.noted": "Wrote a note on an incident",
  "incident.resolved": "Resolved an incident",
  "version-alert.acknowledged": "Acknowledged an alert about a version",
  "version-alert.assigned": "Assigned an alert about a version",
  "version-alert.snoozed": "Snoozed an alert about a version",
  "version-alert.noted": "Wrote a note on an alert about a version",
  "version-alert.resolved": "Resolved an alert about a version",
  "issue.acknowledged": "Acknowledged an issue of Vapi's monitoring",
  "issue.resolved": "Resolved an issue of Vapi's monitoring",
  "incident-rules.changed": "Changed when calls are an incident",
  "alert-rules.changed": "Changed when silence is an alert",
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
  "forwarding-target.replayed": "Sent a span to a forwarding target again",
  "escalation-policy.created": "Added an escalation policy",
  "escalation-policy.changed": "Changed an escalation policy",
  "escalation-policy.deleted": "Deleted an escalation policy",
  "recording.played": "Played a recording",
  "call.controlled": "Acted on a live call",
  "listening.started": "Started listening to a call",
  "listening.ended": "Stopped listening to a call",
  "control-settings.changed": "Changed how live calls are supervised",
  "own-number.changed": "Changed their own number",
  "call.exported": "Exported a call",
  "event.replayed": "Replayed an event",
  "call.replayed": "Replayed a call's events",
  "capture.downloaded": "Downloaded a capture",
  "conversation.created": "Created a conversation",
  "conversation.changed": "Changed a conversation",
  "tool-endpoint.created": "Made an endpoint that assistants may call",
  "tool-endpoint.changed": "Changed an endpoint that assistants may call",
  "tool-endpoint.deleted": "Deleted an endpoint that assistants may call",
  "tool-mail.changed": "Changed which mails assistants may send",
  "tool.run": "Ran a tool",
  "directory.created": "Added a team to the directory",
  "directory.changed": "Changed a team of the directory",
  "directory.deleted": "Took a team out of the directory",
  "knowledge.created": "Wrote a document of the knowledge base",
  "knowledge.changed": "Changed a document of the knowledge base",
  "knowledge.deleted": "Deleted a document of the knowledge base",
  "dialing-rules.changed": "Changed when campaigns may dial",
  "do-not-call.added": "Put numbers on the do-not-call list",
  "do-not-call.removed": "Took a number off the do-not-call list",
  "transfer-defaults.changed": "Changed where calls are transferred to",
  "data.deleted": "Deleted a caller's data",
  "reports.exported": "Exported calls",
  "audit.exported": "Exported the audit log",
} as const satisfies Record<string, string>;

export type AuditAction = keyof typeof auditActions;

const names: readonly string[] = Object.keys(auditActions);

export const auditActionSchema = z.custom<AuditAction>(
  (value) => typeof value === "string" && names.includes(value),
  "Unknown action.",
);

/** Who an audit entry is about: an Actor of lib/auth, a script on the server, or somebody nobody knows. */
export type AuditActor =
  | { kind: "person" | "api-key"; id: string; name: string }
  | { kind: "system"; name: string }
  | { kind: "nobody" };

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** Which entries of the audit log are asked for, as the page's URL and the API say it. Days are UTC, both included. */
export const auditFilterSchema = z.object({
  action: optional(auditActionSchema),
  /** Part of the name of whoever did it, or of what it was done to. */
  q: optional(z.string().trim().max(200)),
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  /** The last id of the page before: entries come newest first. */
  before: optional(z.coerce.number().int().positive()),
});

export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** Which part of the audit log is taken away, and as what. */
export const auditExportSchema = auditFilterSchema.extend({ format: z.enum(["csv", "jsonl"]) });

/** Who does something, and from which address: what a change writes into the audit log of itself. */
export type By = { actor: Exclude<AuditActor, { kind: "nobody" }>; ip: string | null };
