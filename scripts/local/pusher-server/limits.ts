/** Pusher Channels' own limits (HTTP API reference; "Publishing events"). */
export const limits = {
  eventBytes: 10_240,
  batchEvents: 10,
  channelsPerEvent: 100,
  nameLength: 200,
  requestBytes: 1_048_576,
  /** Allowed difference between a request's `auth_timestamp` and our clock. */
  timestampSeconds: 600,
};
