import type { Call } from "@/lib/calls/call";
import { formatPhoneNumber } from "@/lib/calls/format-phone-number";

/** What a person calls this call: the caller's name, else number, else what kind of call it is. */
export function callTitle(call: Pick<Call, "customerName" | "customerNumber" | "direction">): string {
  if (call.customerName) return call.customerName;
  if (call.customerNumber) return formatPhoneNumber(call.customerNumber);
  return call.direction === "web" ? "Web call" : "Unknown caller";
}
