"use client";

import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useState } from "react";
import { PlayerControls, useMedia } from "@/components/player/player-controls";
import type { Waveform } from "@/components/timeline/waveform";

/** Peaks of a second of sound: enough for the closest that a timeline shows. */
const perSecond = 20;
/** More than this is not fetched twice only to be drawn: it plays all the same. */
const mostBytes = 60 * 1024 * 1024;
/** Decoded this coarse: a picture needs no more, and an hour of it fits in memory. */
const rate = 8_000;

/**
 * How loud a recording is over time; null when it is too long to draw.
 *
 * @throws with the server's own sentence when it cannot be had, or when it is no sound
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

/** The loudest moment of each piece; a quiet recording fills its lane as well as a loud one. */
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
  /** The recording is read: how it is to be drawn. */
  onDrawn: (waveform: Waveform) => void;
}

/** Plays a call's recording: buttons and keys for all of it. The timeline draws it. */
export function Player({ handle, src, startAt, onMove, onDrawn }: PlayerProps) {
  const [audio] = useState(() => new Audio());
  const [beginAt] = useState(startAt);
  const media = useMedia(audio, onMove);
  const drawing = useWaveform(src);
  const tellDrawn = useEffectEvent(onDrawn);

  useImperativeHandle(handle, () => ({ seek: (seconds) => seek(audio, seconds) }), [audio]);

  useEffect(() => open(audio, src, beginAt), [audio, src, beginAt]);

  useEffect(() => {
    if (drawing.state === "drawn") tellDrawn(drawing.waveform);
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
