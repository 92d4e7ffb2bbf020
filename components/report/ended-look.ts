import { CircleCheck, CircleX, type LucideIcon, PhoneMissed, TriangleAlert } from "lucide-react";
import type { EndedGroup } from "@/lib/calls/ended-group";

/** How each way of ending looks: an icon and a word, never colour alone. */
export const endedLook: Readonly<Record<EndedGroup, { Icon: LucideIcon; words: string; tone: string }>> = {
  "ended-well": { Icon: CircleCheck, words: "Ended well", tone: "text-assistant" },
  "caller-gave-up": { Icon: PhoneMissed, words: "Caller gave up", tone: "text-waiting" },
  "our-fault": { Icon: TriangleAlert, words: "Our fault", tone: "text-hang" },
  "provider-fault": { Icon: CircleX, words: "Provider's fault", tone: "text-hang" },
};
