import type { Alert } from "@/lib/alerts/alert";
import { noActions, toAlertId } from "@/lib/alerts/alert";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

/** Makes an open, unacknowledged hang, 8 s into a call; `differences` holds what a test is about. */
export function makeAlert(differences: Partial<Alert> = {}): Alert {
  const {
    id: callId,
    customerName,
    customerNumber,
    direction,
    assistantId,
    assistantName,
    endedReason,
  } = makeCall();
  const since = atSecond(8);
  return {
    id: toAlertId(differences.callId ?? callId, differences.since ?? since),
    callId,
    callVersion: 4,
    call: { customerName, customerNumber, direction, assistantId, assistantName, endedReason },
    kind: "hang",
    rule: null,
    since,
    openedAt: atSecond(11),
    hangs: 1,
    closedAt: null,
    outcome: "open",
    acts: noActions,
    ...differences,
  };
}
