"use client";

import { type RefObject, useEffect, useImperativeHandle, useState } from "react";
import { PlayerControls } from "@/components/player/player-controls";
import { useMedia } from "@/components/player/use-media";
import { usePeaks } from "@/components/player/use-peaks";
import { Waveform } from "@/components/player/waveform";
import { Skeleton } from "@/components/ui/skeleton";

/** How the rest of the page moves what plays. */
export interface PlayerHandle {
  seek: (seconds: number) => void;
}

interface PlayerProps {
  handle: RefObject<PlayerHandle | null>;
  /** Where the sound is; a play already written down. */
  src: string;
  /** Seconds to begin at. */
  startAt: number;
  /** Seconds, while it plays and when it was moved. */
  onMove: (seconds: number) => void;
}

/** Plays a call's recording: each voice a lane, with buttons and keys for all of it. */
export function Player({ handle, src, startAt, onMove }: PlayerProps) {
  const [audio] = useState(() => new Audio());
  const [beginAt] = useState(startAt);
  const media = useMedia(audio, onMove);
  const drawing = usePeaks(src);

  useImperativeHandle(handle, () => ({ seek: (seconds) => seek(audio, seconds) }), [audio]);

  useEffect(() => open(audio, src, beginAt), [audio, src, beginAt]);

  if (drawing.state === "failed") return <Failure why={drawing.why} />;
  if (media.hasFailed) return <Failure why="The recording is no sound that this browser can play." />;
  const { durationSeconds } = media;
  return (
    <div className="grid gap-1.5">
      {drawing.state === "undrawn" && (
        <p className="text-muted text-xs">This recording is too long to be drawn. It plays all the same.</p>
      )}
      {drawing.state === "drawn" && durationSeconds !== null && (
        <Waveform audio={audio} peaks={drawing.peaks} durationSeconds={durationSeconds} />
      )}
      {drawing.state === "reading" && <Skeleton className="h-[72px]" />}
      <PlayerControls audio={audio} media={media} />
    </div>
  );
}

function Failure({ why }: { why: string }) {
  return (
    <p role="alert" className="text-hang text-sm">
      {why}
    </p>
  );
}

function seek(audio: HTMLAudioElement, seconds: number): void {
  audio.currentTime = seconds;
}

/** Loads and begins; returns what lets go of it. */
function open(audio: HTMLAudioElement, src: string, beginAt: number): () => void {
  audio.preload = "metadata";
  audio.src = src;
  audio.currentTime = beginAt;
  // A browser may want another click first; the button is there.
  audio.play().catch(() => undefined);
  return () => {
    audio.pause();
    audio.removeAttribute("src");
    audio.load();
  };
}
