"use client";

import { AudioLines, LoaderCircle, Play } from "lucide-react";
import dynamic from "next/dynamic";
import type { RefObject } from "react";
import { CopyState } from "@/components/player/copy-state";
import type { PlayerHandle } from "@/components/player/player";
import { usePlay } from "@/components/player/use-play";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { CallDetail } from "@/lib/calls/detail";

/** Loaded when somebody wants to hear: most who read a report do not. */
const Player = dynamic(() => import("@/components/player/player").then((module) => module.Player), {
  ssr: false,
  loading: () => <Skeleton className="h-28" />,
});

interface RecordingBarProps {
  detail: CallDetail;
  /** Seconds to begin at. */
  startAt: number;
  handle: RefObject<PlayerHandle | null>;
  onMove: (seconds: number) => void;
}

/** The recording of a call that is over: to be played, or why there is none. */
export function RecordingBar({ detail: { call, recording }, startAt, handle, onMove }: RecordingBarProps) {
  const { src, isAsking, why, begin } = usePlay(call.id);
  if (recording.state !== "playable") {
    return (
      <p className="flex items-start gap-2 text-muted text-xs">
        <AudioLines aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span>
          {recording.why} <CopyState recording={recording} />
        </span>
      </p>
    );
  }
  if (src) return <Player src={src} startAt={startAt} handle={handle} onMove={onMove} />;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="small" onClick={begin} disabled={isAsking}>
        {isAsking ? <LoaderCircle aria-hidden className="motion-safe:animate-spin" /> : <Play aria-hidden />}
        Play the recording
      </Button>
      <span className="text-muted text-xs">
        <CopyState recording={recording} />
      </span>
      {why && (
        <span role="alert" className="text-hang text-xs">
          {why}
        </span>
      )}
    </div>
  );
}
