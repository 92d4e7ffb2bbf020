/** What an `assistant-request` says of who calls whom, as far as rules ask about it. */
export interface RoutingRequest {
  /** E.164, or a `sip:` address; null when withheld. */
  caller: string | null;
  /** Every name of what was called: its number, its SIP address, Vapi's id of it. */
  called: string[];
}
