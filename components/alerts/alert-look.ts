import {
  BellRing,
  CircleCheck,
  Ear,
  EarOff,
  type LucideIcon,
  Moon,
  PhoneOff,
  TriangleAlert,
  UserCheck,
} from "lucide-react";
import type { AlertKind, AlertState } from "@/lib/alerts/alert";

interface Look {
  Icon: LucideIcon;
  word: string;
  text: string;
}

/** How each kind looks, everywhere: never colour alone, always a word and an icon with it. */
export const kindStyle: Readonly<Record<AlertKind, Omit<Look, "text">>> = {
  hang: { Icon: TriangleAlert, word: "Hanging" },
  "no-answer": { Icon: EarOff, word: "No answer" },
  silence: { Icon: Ear, word: "Silence" },
};

/** How each state looks. */
export const alertStateLook: Readonly<Record<AlertState, Look>> = {
  open: { Icon: BellRing, word: "Nobody has seen it", text: "text-hang" },
  acknowledged: { Icon: UserCheck, word: "Acknowledged", text: "text-waiting" },
  snoozed: { Icon: Moon, word: "Snoozed", text: "text-muted" },
  resolved: { Icon: CircleCheck, word: "Resolved", text: "text-assistant" },
  recovered: { Icon: CircleCheck, word: "Recovered", text: "text-assistant" },
  "call-ended": { Icon: PhoneOff, word: "The call ended in it", text: "text-hang" },
};
