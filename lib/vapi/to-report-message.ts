interface Over {
  endedAt?: string | undefined;
  updatedAt?: string | undefined;
}

/**
 * A call that is over, as Vapi's API tells of it → the message its webhook would have sent. Stamped with the call's own end, so
 * the true report, should it still come, is newer and stands.
 */
export function toReportMessage(call: Over): Record<string, unknown> {
  return { ...call, type: "end-of-call-report", timestamp: call.endedAt ?? call.updatedAt, call };
}
