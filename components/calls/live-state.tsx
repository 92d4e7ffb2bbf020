"use client";

import {
  Ear,
  type LucideIcon,
  MessageCircle,
  Mic,
  PhoneCall,
  PhoneForwarded,
  PhoneOff,
  TriangleAlert,
  Unplug,
} from "lucide-react";
import { useSilenceLevels } from "@/components/calls/use-silence-levels";
import { useNow } from "@/components/clock/clock";
import { classNames } from "@/components/ui/class-names";
import { type Call, callDuration, callerLabel } from "@/lib/calls/call";
import { type CallState, callState, silenceSince } from "@/lib/calls/state";
import { formatDuration } from "@/lib/format";

/** How long a call has lasted so far. Ticks while it is live. */
export function LiveDuration({ call }: { call: Call }) {
  const ms = callDuration(call, useNow());
  return ms === null ? <span aria-hidden>–</span> : formatDuration(ms);
}

interface StateStyle {
  Icon: LucideIcon;
  label: string;
  text: string;
  /** Background of a surface in this state. */
  soft: string;
  bar: string;
}

/** The style of each state. Colour never stands alone: a word and an icon always go with it. */
export const stateStyle: Readonly<Record<CallState, StateStyle>> = {
  hanging: { Icon: TriangleAlert, label: "Hanging", text: "text-hang", soft: "bg-hang-soft", bar: "bg-hang" },
  "long-silence": { Icon: Ear, label: "Silent", text: "text-hang", soft: "bg-hang-soft", bar: "bg-hang" },
  waiting: { Icon: Ear, label: "Silent", text: "text-waiting", soft: "bg-waiting-soft", bar: "bg-waiting" },
  "caller-speaking": {
    Icon: Mic,
    label: "Caller speaking",
    text: "text-caller",
    soft: "bg-caller-soft",
    bar: "bg-caller",
  },
  "assistant-speaking": {
    Icon: MessageCircle,
    label: "Assistant speaking",
    text: "text-assistant",
    soft: "bg-assistant-soft",
    bar: "bg-assistant",
  },
  pausing: { Icon: Ear, label: "Silent", text: "text-muted", soft: "bg-hover", bar: "bg-faint" },
  ringing: { Icon: PhoneCall, label: "Ringing", text: "text-muted", soft: "bg-hover", bar: "bg-faint" },
  forwarding: {
    Icon: PhoneForwarded,
    label: "Transferring",
    text: "text-muted",
    soft: "bg-hover",
    bar: "bg-faint",
  },
  "no-signal": { Icon: Unplug, label: "No signal", text: "text-muted", soft: "bg-hover", bar: "bg-faint" },
  ended: { Icon: PhoneOff, label: "Ended", text: "text-muted", soft: "bg-hover", bar: "bg-faint" },
};

const steps = [1, 2, 3, 4, 5];

/**
 * Five bars; `share` is the part of the time to a long silence that has passed. Hidden from screen readers, which read
 * the clock next to it.
 */
export function SilenceMeter({ share, state }: { share: number; state: CallState }) {
  const filled = share * steps.length;
  return (
    <span aria-hidden className="flex gap-0.5 @max-4xl:hidden">
      {steps.map((step) => (
        <span
          key={step}
          className={classNames("h-3 w-1 rounded-full", step <= filled ? stateStyle[state].bar : "bg-line")}
        />
      ))}
    </span>
  );
}

/** What is happening on a call now, with a clock during silence. Ticks. */
export function LiveState({ call }: { call: Call }) {
  const now = useNow();
  const levels = useSilenceLevels();
  const state = callState(call, now, levels);
  const { Icon, label, text } = stateStyle[state];
  const since = stateSince(call, state, now);
  return (
    <span data-state={state} className={classNames("flex items-center gap-2 font-medium", text)}>
      <Icon
        aria-hidden
        className={classNames("size-4 shrink-0", state === "hanging" && "motion-safe:animate-alarm")}
      />
      <span className="whitespace-nowrap">
        {state === "caller-speaking" ? `${callerLabel(call)} speaking` : label}
      </span>
      {since !== null && (
        <>
          <span className="text-[1.15em] leading-none">{formatDuration(now - since)}</span>
          {state !== "no-signal" && <SilenceMeter share={(now - since) / levels.longMs} state={state} />}
        </>
      )}
    </span>
  );
}

/** Start of the state's clock, in epoch ms; null for a state without one. */
function stateSince(call: Call, state: CallState, now: number): number | null {
  if (state === "ended") return null;
  if (state === "no-signal") return Date.parse(call.lastEventAt);
  return state === "hanging" && call.hangingSince ? Date.parse(call.hangingSince) : silenceSince(call, now);
}
