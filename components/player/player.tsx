"use client";

import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useState } from "react";
import { PlayerControls, useMedia } from "@/components/player/player-controls";
import type { Waveform } from "@/components/timeline/waveform";

/** Peaks per second of audio; enough for the timeline's closest zoom. */
const perSecond = 20;
/** A larger recording is not fetched a second time just to be drawn; it still plays. */
const mostBytes = 60 * 1024 * 1024;
/** Sample rate for decoding: enough to draw, and an hour fits in memory. */
const rate = 8_000;

/**
 * Volume of a recording over time; null if it is too long to draw.
 *
 * @throws an Error with the server's message if it cannot be fetched, or if it is not audio
 */
export async function readPeaks(src: string, signal: AbortSignal): Promise<Waveform | null> {
  const answer = await fetch(src, { signal });
  if (!answer.ok) throw new Error(await readReason(answer));
  if (Number(answer.headers.get("content-length")) > mostBytes) {
    await answer.body?.cancel();
    return null;
  }
  const sound = await new OfflineAudioContext(2, rate, rate).decodeAudioData(await answer.arrayBuffer());
  return {
    channels: Array.from({ length: Math.min(2, sound.numberOfChannels) }, (_, channel) =>
      toPeaks(sound.getChannelData(channel)),
    ),
    durationSeconds: sound.duration,
  };
}

/** Returns the peak of each interval, scaled so that a quiet recording fills its lane like a loud one. */
function toPeaks(samples: Float32Array): Float32Array {
  const each = rate / perSecond;
  const peaks = new Float32Array(Math.ceil(samples.length / each));
  let loudest = 0.01;
  for (let at = 0; at < samples.length; at += 1) {
    const index = Math.floor(at / each);
    const loud = Math.abs(samples[at] ?? 0);
    if (loud > (peaks[index] ?? 0)) peaks[index] = loud;
    if (loud > loudest) loudest = loud;
  }
  return peaks.map((peak) => peak / loudest);
}

async function readReason(answer: Response): Promise<string> {
  const problem: unknown = await answer.json().catch(() => null);
  const said = typeof problem === "object" && problem !== null && "detail" in problem ? problem.detail : null;
  return typeof said === "string" ? said : `Earshot answered ${answer.status}.`;
}

type Drawing =
  | { state: "reading" }
  | { state: "drawn"; waveform: Waveform }
  /** Too long to draw. */
  | { state: "undrawn" }
  | { state: "failed"; why: string };

/** A recording's waveform, once it has been fetched and decoded. */
function useWaveform(src: string): Drawing {
  const [drawing, setDrawing] = useState<Drawing>({ state: "reading" });
  useEffect(() => {
    const leave = new AbortController();
    readPeaks(src, leave.signal).then(
      (waveform) => setDrawing(waveform ? { state: "drawn", waveform } : { state: "undrawn" }),
      (cause: unknown) => {
        if (leave.signal.aborted) return;
        setDrawing({ state: "failed", why: cause instanceof Error ? cause.message : String(cause) });
      },
    );
    return () => leave.abort();
  }, [src]);
  return drawing;
}

/** Lets the rest of the page control playback. */
export interface PlayerHandle {
  seek: (seconds: number) => void;
}

interface PlayerProps {
  handle: RefObject<PlayerHandle | null>;
  /** URL of the audio, from a playback that has been logged. */
  src: string;
  /** Start position in seconds. */
  startAt: number;
  /** Gets the position in seconds, during playback and after a seek. */
  onMove: (seconds: number) => void;
  /** Called once the waveform can be drawn. */
  onDrawn: (waveform: Waveform) => void;
}

/** Plays a call's recording, with buttons and keyboard shortcuts. The timeline draws the waveform. */
export function Player({ handle, src, startAt, onMove, onDrawn }: PlayerProps) {
  const [audio] = useState(() => new Audio());
  const [beginAt] = useState(startAt);
  const media = useMedia(audio, onMove);
  const drawing = useWaveform(src);
  const reportDrawn = useEffectEvent(onDrawn);

  useImperativeHandle(handle, () => ({ seek: (seconds) => seek(audio, seconds) }), [audio]);

  useEffect(() => open(audio, src, beginAt), [audio, src, beginAt]);

  useEffect(() => {
    if (drawing.state === "drawn") reportDrawn(drawing.waveform);
  }, [drawing]);

  if (drawing.state === "failed") return <Failure why={drawing.why} />;
  if (media.hasFailed) return <Failure why="This browser cannot play the recording." />;
  return (
    <>
      <PlayerControls audio={audio} media={media} />
      {drawing.state === "reading" && <span className="text-muted text-xs">Drawing the waveform…</span>}
      {drawing.state === "undrawn" && (
        <span className="text-muted text-xs">Too long for a waveform. Playback works.</span>
      )}
    </>
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

/** Loads a recording and starts playback; returns a cleanup function. */
function open(audio: HTMLAudioElement, src: string, beginAt: number): () => void {
  audio.preload = "metadata";
  audio.src = src;
  audio.currentTime = beginAt;
  // A browser may require another click first; the play button is there for that.
  audio.play().catch(() => undefined);
  return () => {
    audio.pause();
    audio.removeAttribute("src");
    audio.load();
  };
}
