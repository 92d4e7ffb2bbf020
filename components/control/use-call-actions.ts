"use client";

import { useQuery } from "@tanstack/react-query";
import {
  Bot,
  Headphones,
  type LucideIcon,
  Megaphone,
  MessageSquareLock,
  Mic,
  MicOff,
  PhoneForwarded,
  PhoneIncoming,
  PhoneOff,
} from "lucide-react";
import { useControl } from "@/components/control/use-control";
import { type Call, callerLabel, callTitle, whenEnded } from "@/lib/calls/call";
import type { OperatorAction } from "@/lib/control/action";
import { controlStateQuery } from "@/lib/control/client/control-query";
import { type ControlDialogKind, openControl, type Subject } from "@/lib/control/client/control-ui";
import { listening, useIsPlaying } from "@/lib/control/client/listening";
import type { Supervision } from "@/lib/control/control";
import { isMuted } from "@/lib/control/describe";

/** An action on a live call. */
export interface CallAction {
  id: "listen" | "say" | "whisper" | "mute" | "mute-caller" | "transfer" | "take-over" | "handoff" | "end";
  /** A verb. */
  label: string;
  Icon: LucideIcon;
  shortcut?: string;
  /** A toggle that is on. */
  isOn?: boolean;
  /** Why it is not possible now, in a sentence; null if it is. */
  reason: string | null;
  run: () => void;
}

const over = "The call is over.";

/** Returns why a call accepts no actions (or cannot be listened to), in a sentence; null if it can, or while unknown. */
export function reasonFor(what: keyof Supervision, supervision: Supervision | null | undefined) {
  const known = supervision?.[what];
  return known && !known.available ? (known.reason ?? "Not possible on this call.") : null;
}

/** Returns why a call accepts no actions and cannot be listened to, a sentence each; null if it can, or while unknown. */
export function useReasons(callId: string, hasEnded: boolean) {
  const { data } = useQuery({ ...controlStateQuery(callId), enabled: !hasEnded });
  const reasonOf = (what: keyof Supervision) => (hasEnded ? over : reasonFor(what, data?.supervision));
  return { control: reasonOf("control"), listen: reasonOf("listen") };
}

/** Every operator action on a call, in display order, each with the reason if it is not possible now. */
export function useCallActions(call: Call, actions: readonly OperatorAction[] = []): CallAction[] {
  const hasEnded = whenEnded(call) !== null;
  const { control: reason, listen } = useReasons(call.id, hasEnded);
  const act = useControl(call.id);
  const isListening = useIsPlaying(call.id);
  const other = callerLabel(call);
  const subject: Subject = { callId: call.id, title: callTitle(call), other };
  const ask = (kind: ControlDialogKind) => () => openControl(kind, subject);
  const isAssistantMuted = isMuted(actions, "assistant");
  const isOtherMuted = isMuted(actions, "customer");
  const mute = (who: "assistant" | "customer", isOn: boolean) => () =>
    act({ action: isOn ? "unmute" : "mute", who });
  return [
    {
      id: "listen",
      label: isListening ? "Stop listening" : "Listen",
      Icon: Headphones,
      shortcut: "l",
      isOn: isListening,
      reason: isListening ? null : listen,
      run: () => (isListening ? listening.stop(call.id) : listening.start(call.id, subject.title)),
    },
    { id: "say", label: "Say", Icon: Megaphone, reason, run: ask("say") },
    { id: "whisper", label: "Whisper", Icon: MessageSquareLock, reason, run: ask("whisper") },
    {
      id: "mute",
      label: isAssistantMuted ? "Unmute assistant" : "Mute assistant",
      Icon: isAssistantMuted ? Mic : MicOff,
      shortcut: "m",
      isOn: isAssistantMuted,
      reason,
      run: mute("assistant", isAssistantMuted),
    },
    {
      id: "mute-caller",
      label: `${isOtherMuted ? "Unmute" : "Mute"} ${other.toLowerCase()}`,
      Icon: isOtherMuted ? Mic : MicOff,
      isOn: isOtherMuted,
      reason,
      run: mute("customer", isOtherMuted),
    },
    { id: "transfer", label: "Transfer", Icon: PhoneForwarded, shortcut: "t", reason, run: ask("transfer") },
    { id: "take-over", label: "Take over", Icon: PhoneIncoming, reason, run: ask("take-over") },
    { id: "handoff", label: "Hand off", Icon: Bot, reason, run: ask("handoff") },
    { id: "end", label: "End call", Icon: PhoneOff, shortcut: "x", reason, run: ask("end") },
  ];
}
