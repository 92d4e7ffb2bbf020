/** Vapi's words for where an issue of its monitoring stands. */
export const issueStatuses = ["created", "acknowledged", "resolved"] as const;

export type IssueStatus = (typeof issueStatuses)[number];
