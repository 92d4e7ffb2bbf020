/** The columns of an alert nobody has done anything about. */
export const untouchedAlert = {
  noticedAt: new Date(0),
  actsVersion: 0,
  acknowledgedBy: null,
  acknowledgedAt: null,
  assignee: null,
  snoozedUntil: null,
  resolvedBy: null,
  resolvedAt: null,
} as const;
