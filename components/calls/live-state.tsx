"use client";

import { SilenceMeter } from "@/components/calls/silence-meter";
import { stateLook } from "@/components/calls/state-look";
import { useSilenceLevels } from "@/components/calls/use-silence-levels";
import { useNow } from "@/components/clock/use-now";
import { classNames } from "@/components/ui/class-names";
import type { Call } from "@/lib/calls/call";
import { callState, silenceSince } from "@/lib/calls/state";
import { formatDuration } from "@/lib/format";

/** What a call is doing right now, with the silence clock while nobody speaks. Ticks. */
export function LiveState({ call }: { call: Call }) {
  const now = useNow();
  const levels = useSilenceLevels();
  const state = callState(call, now, levels);
  const { Icon, word, text } = stateLook[state];
  const since =
    state === "hanging" && call.hangingSince ? Date.parse(call.hangingSince) : silenceSince(call, now);
  return (
    <span data-state={state} className={classNames("flex items-center gap-2 font-medium", text)}>
      <Icon
        aria-hidden
        className={classNames("size-4 shrink-0", state === "hanging" && "motion-safe:animate-alarm")}
      />
      <span className="whitespace-nowrap">{word}</span>
      {since !== null && state !== "ended" && (
        <>
          <span>{formatDuration(now - since)}</span>
          <SilenceMeter share={(now - since) / levels.longMs} state={state} />
        </>
      )}
    </span>
  );
}
