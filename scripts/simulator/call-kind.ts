/** How a call came about; Vapi's `call.type` in one word. */
export type CallKind = "inbound" | "outbound" | "web";
