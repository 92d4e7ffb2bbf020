import {
  BellRing,
  CircleCheck,
  Ear,
  EarOff,
  ListChecks,
  type LucideIcon,
  Moon,
  PhoneOff,
  TriangleAlert,
  UserCheck,
} from "lucide-react";
import type { Alert, AlertKind, AlertState } from "@/lib/alerts/alert";

interface StateStyle {
  Icon: LucideIcon;
  label: string;
  text: string;
}

/** Icon next to each kind's label; colour never stands alone. */
export const kindIcons: Readonly<Record<AlertKind, LucideIcon>> = {
  hang: TriangleAlert,
  "no-answer": EarOff,
  silence: Ear,
  rule: ListChecks,
};

/** The style of each state. */
const stateStyles: Readonly<Record<AlertState, StateStyle>> = {
  open: { Icon: BellRing, label: "Not acknowledged", text: "text-hang" },
  acknowledged: { Icon: UserCheck, label: "Acknowledged", text: "text-waiting" },
  snoozed: { Icon: Moon, label: "Snoozed", text: "text-muted" },
  resolved: { Icon: CircleCheck, label: "Resolved", text: "text-success" },
  recovered: { Icon: CircleCheck, label: "Recovered", text: "text-success" },
  "call-ended": { Icon: PhoneOff, label: "Caller hung up while waiting", text: "text-hang" },
  withdrawn: { Icon: CircleCheck, label: "Withdrawn", text: "text-muted" },
};

/** The style of an alert's state. A rule's alert that ended with its call did not leave a caller waiting. */
export function alertStateStyle({ kind }: Pick<Alert, "kind">, state: AlertState): StateStyle {
  return kind === "rule" && state === "call-ended"
    ? { Icon: PhoneOff, label: "Call ended", text: "text-muted" }
    : stateStyles[state];
}
