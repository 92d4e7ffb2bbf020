"use client";

import { AudioLines, LoaderCircle, Play } from "lucide-react";
import dynamic from "next/dynamic";
import { type RefObject, useState } from "react";
import * as z from "zod";
import type { PlayerHandle } from "@/components/player/player";
import type { Waveform } from "@/components/timeline/waveform";
import { Button } from "@/components/ui/button";
import { loadCode } from "@/components/ui/load-later";
import { Skeleton } from "@/components/ui/panel";
import type { CallDetail } from "@/lib/calls/detail";
import type { Recording } from "@/lib/calls/report";
import { sendJson } from "@/lib/http/client";

/** State of our own copy of a recording. Renders nothing if none is made. */
export function CopyState({ recording: { copy, copyError } }: { recording: Recording }) {
  if (copy === "kept") return "Copied to your storage.";
  if (copy === "waiting")
    return copyError
      ? `Waiting to be copied to your storage; the last attempt failed: ${copyError}`
      : "Waiting to be copied to your storage.";
  return copy === "failed" ? `Not copied to your storage: ${copyError ?? "unknown reason."}` : null;
}

const begunSchema = z.object({ src: z.string() });

/** Requests a playback, which is logged, and returns the audio's URL. */
export function usePlay(callId: string) {
  const [src, setSrc] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [why, setWhy] = useState<string | null>(null);

  async function begin() {
    setAsking(true);
    const sent = await sendJson("POST", `/api/calls/${encodeURIComponent(callId)}/recording`);
    setAsking(false);
    setWhy(sent.ok ? null : sent.why);
    if (sent.ok) setSrc(begunSchema.parse(sent.value).src);
  }

  return { src, isAsking, why, begin };
}

/** Loaded on demand: most people who read a report do not play the recording. */
const Player = dynamic(
  () => loadCode(() => import("@/components/player/player")).then((module) => module.Player),
  {
    ssr: false,
    loading: () => <Skeleton className="h-8 w-64" />,
  },
);

interface RecordingBarProps {
  detail: CallDetail;
  /** Start position in seconds. */
  startAt: number;
  handle: RefObject<PlayerHandle | null>;
  onMove: (seconds: number) => void;
  onDrawn: (waveform: Waveform) => void;
}

/** The recording of an ended call, next to the timeline's title: a player, or why there is none. */
export function RecordingBar({ detail: { call, recording }, ...player }: RecordingBarProps) {
  const { src, isAsking, why, begin } = usePlay(call.id);
  if (recording.state !== "playable") {
    return (
      <p className="flex min-w-0 items-start gap-2 text-muted text-xs">
        <AudioLines aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span>
          {recording.why} <CopyState recording={recording} />
        </span>
      </p>
    );
  }
  if (src) return <Player src={src} {...player} />;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="small" onClick={begin} disabled={isAsking}>
        {isAsking ? <LoaderCircle aria-hidden className="motion-safe:animate-spin" /> : <Play aria-hidden />}
        Play recording
      </Button>
      <span className="text-muted text-xs">
        <CopyState recording={recording} />
      </span>
      {why && (
        <span role="alert" className="text-danger text-xs">
          {why}
        </span>
      )}
    </div>
  );
}
