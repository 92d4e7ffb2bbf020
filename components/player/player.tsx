"use client";

import { type RefObject, useEffect, useImperativeHandle, useState } from "react";
import { PlayerControls } from "@/components/player/player-controls";
import { useMedia } from "@/components/player/use-media";
import { Waveform } from "@/components/player/waveform";
import { Skeleton } from "@/components/ui/panel";

/** Enough for the widest screen. */
const points = 1_600;
/** More than this is not fetched twice only to be drawn: it plays all the same. */
const mostBytes = 60 * 1024 * 1024;
/** Decoded this coarse: a picture needs no more, and an hour of it fits in memory. */
const rate = 8_000;

/**
 * How loud a recording is over time, 0 to 1, a list for each channel (caller first, then assistant); null when it is too long to draw.
 *
 * @throws with the server's own sentence when it cannot be had, or when it is no sound
 */
export async function readPeaks(src: string, signal: AbortSignal): Promise<number[][] | null> {
  const answer = await fetch(src, { signal });
  if (!answer.ok) throw new Error(await readReason(answer));
  if (Number(answer.headers.get("content-length")) > mostBytes) {
    await answer.body?.cancel();
    return null;
  }
  const sound = await new OfflineAudioContext(2, rate, rate).decodeAudioData(await answer.arrayBuffer());
  return Array.from({ length: Math.min(2, sound.numberOfChannels) }, (_, channel) =>
    toPeaks(sound.getChannelData(channel)),
  );
}

function toPeaks(samples: Float32Array): number[] {
  const each = Math.max(1, Math.floor(samples.length / points));
  return Array.from({ length: Math.ceil(samples.length / each) }, (_, index) => {
    let peak = 0;
    for (let at = index * each; at < Math.min(samples.length, (index + 1) * each); at += 1)
      peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
}

async function readReason(answer: Response): Promise<string> {
  const problem: unknown = await answer.json().catch(() => null);
  const said = typeof problem === "object" && problem !== null && "detail" in problem ? problem.detail : null;
  return typeof said === "string" ? said : `Earshot answered ${answer.status}.`;
}

type Peaks =
  | { state: "reading" }
  | { state: "drawn"; peaks: number[][] }
  /** Too long to draw. */
  | { state: "undrawn" }
  | { state: "failed"; why: string };

/** A recording's loudness over time, once it has been fetched and decoded. */
export function usePeaks(src: string): Peaks {
  const [peaks, setPeaks] = useState<Peaks>({ state: "reading" });
  useEffect(() => {
    const leave = new AbortController();
    readPeaks(src, leave.signal).then(
      (read) => setPeaks(read ? { state: "drawn", peaks: read } : { state: "undrawn" }),
      (cause: unknown) => {
        if (leave.signal.aborted) return;
        setPeaks({ state: "failed", why: cause instanceof Error ? cause.message : String(cause) });
      },
    );
    return () => leave.abort();
  }, [src]);
  return peaks;
}

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
    <p role="alert" className="text-danger text-sm">
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
