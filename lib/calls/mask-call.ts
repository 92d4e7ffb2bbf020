import type { Call } from "@/lib/calls/call";
import { maskName } from "@/lib/calls/mask-name";
import { maskNumber } from "@/lib/calls/mask-number";
import { maskText } from "@/lib/calls/mask-text";

/** A call as viewers see it: who called is recognisable again, but not known. */
export function maskCall(call: Call): Call {
  const { customerName, customerNumber, phoneNumber, lastLine, lastToolName } = call;
  return {
    ...call,
    customerName: customerName && maskName(customerName),
    customerNumber: customerNumber && maskNumber(customerNumber),
    phoneNumber: phoneNumber && maskNumber(phoneNumber),
    lastLine: lastLine && { ...lastLine, text: maskText(lastLine.text, [customerName]) },
    lastToolName: lastToolName && maskText(lastToolName, [customerName]),
  };
}
