import { z } from "zod";

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
  "person.invited": "Invited",
  "invitation.revoked": "Withdrew an invitation",
  "invitation.accepted": "Accepted an invitation",
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
  "retention.changed": "Changed how long data is kept",
  "alert.acknowledged": "Acknowledged an alert",
  "alert.assigned": "Assigned an alert",
  "alert.snoozed": "Snoozed an alert",
  "alert.noted": "Wrote a note on an alert",
  "alert.resolved": "Resolved an alert",
  "alert-rules.changed": "Changed when silence is an alert",
  "channel.created": "Created a notification channel",
  "channel.changed": "Changed a notification channel",
  "channel.deleted": "Deleted a notification channel",
  "recording.played": "Played a recording",
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
