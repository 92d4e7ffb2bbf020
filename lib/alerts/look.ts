/** A call that is to be looked at for alerts, as of a moment. */
export interface Look {
  callId: string;
  now: Date;
}
