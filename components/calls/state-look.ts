import {
  Ear,
  type LucideIcon,
  MessageCircle,
  Mic,
  PhoneCall,
  PhoneForwarded,
  PhoneOff,
  TriangleAlert,
} from "lucide-react";
import type { CallState } from "@/lib/calls/state";

interface StateLook {
  Icon: LucideIcon;
  word: string;
  text: string;
  /** For a surface that stands for the state. */
  soft: string;
  bar: string;
}

/** How each state looks, everywhere: never colour alone, always a word and an icon with it. */
export const stateLook: Readonly<Record<CallState, StateLook>> = {
  hanging: { Icon: TriangleAlert, word: "Hanging", text: "text-hang", soft: "bg-hang-soft", bar: "bg-hang" },
  "long-silence": { Icon: Ear, word: "Silent", text: "text-hang", soft: "bg-hang-soft", bar: "bg-hang" },
  waiting: { Icon: Ear, word: "Silent", text: "text-waiting", soft: "bg-waiting-soft", bar: "bg-waiting" },
  "caller-speaking": {
    Icon: Mic,
    word: "Caller speaking",
    text: "text-caller",
    soft: "bg-caller-soft",
    bar: "bg-caller",
  },
  "assistant-speaking": {
    Icon: MessageCircle,
    word: "Assistant speaking",
    text: "text-assistant",
    soft: "bg-assistant-soft",
    bar: "bg-assistant",
  },
  pausing: { Icon: Ear, word: "Silent", text: "text-muted", soft: "bg-hover", bar: "bg-faint" },
  ringing: { Icon: PhoneCall, word: "Ringing", text: "text-muted", soft: "bg-hover", bar: "bg-faint" },
  forwarding: {
    Icon: PhoneForwarded,
    word: "Transferring",
    text: "text-muted",
    soft: "bg-hover",
    bar: "bg-faint",
  },
  ended: { Icon: PhoneOff, word: "Ended", text: "text-muted", soft: "bg-hover", bar: "bg-faint" },
};
