import { CircleCheck, CircleHelp, CircleX, type LucideIcon, PhoneMissed, TriangleAlert } from "lucide-react";
import { endedGroupWords, nobodyKnows } from "@/components/reports/ended-group-words";
import type { EndedGroup } from "@/lib/calls/ended-reason";

interface EndedLook {
  Icon: LucideIcon;
  tone: string;
  words: string;
}

const looks: Readonly<Record<EndedGroup, Omit<EndedLook, "words">>> = {
  "ended-well": { Icon: CircleCheck, tone: "text-assistant" },
  "caller-gave-up": { Icon: PhoneMissed, tone: "text-waiting" },
  "our-fault": { Icon: TriangleAlert, tone: "text-hang" },
  "provider-fault": { Icon: CircleX, tone: "text-hang" },
};

/** How each way of ending looks: an icon and words, never colour alone. */
export function endedLook(group: EndedGroup | null): EndedLook {
  if (group === null) return { Icon: CircleHelp, tone: "text-muted", words: nobodyKnows };
  return { ...looks[group], words: endedGroupWords[group] };
}
