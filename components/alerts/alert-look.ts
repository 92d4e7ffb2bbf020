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

interface Look {
  Icon: LucideIcon;
  word: string;
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
const alertStateLook: Readonly<Record<AlertState, Look>> = {
  open: { Icon: BellRing, word: "Not acknowledged", text: "text-hang" },
  acknowledged: { Icon: UserCheck, word: "Acknowledged", text: "text-waiting" },
  snoozed: { Icon: Moon, word: "Snoozed", text: "text-muted" },
  resolved: { Icon: CircleCheck, word: "Resolved", text: "text-success" },
  recovered: { Icon: CircleCheck, word: "Recovered", text: "text-success" },
  "call-ended": { Icon: PhoneOff, word: "Caller hung up while waiting", text: "text-hang" },
  withdrawn: { Icon: CircleCheck, word: "Withdrawn", text: "text-muted" },
};

/** The style of an alert's state. A rule's alert that ended with its call did not leave a caller waiting. */
export function stateLook({ kind }: Pick<Alert, "kind">, state: AlertState): Look {
  return kind === "rule" && state === "call-ended"
    ? { Icon: PhoneOff, word: "Call ended", text: "text-muted" }
    : alertStateLook[state];
}
