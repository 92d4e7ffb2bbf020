import type { Alert } from "@/lib/alerts/alert";
import { maskName } from "@/lib/calls/mask-name";
import { maskNumber } from "@/lib/calls/mask-number";
import { maskText } from "@/lib/calls/mask-text";

/** An alert as viewers see it: which caller it was is recognisable, but not known. Colleagues keep their names. */
export function maskAlert(alert: Alert): Alert {
  const { customerName, customerNumber } = alert.call;
  return {
    ...alert,
    call: {
      ...alert.call,
      customerName: customerName && maskName(customerName),
      customerNumber: customerNumber && maskNumber(customerNumber),
    },
    acts: {
      ...alert.acts,
      log: alert.acts.log.map((act) => ({ ...act, text: act.text && maskText(act.text, [customerName]) })),
    },
  };
}
