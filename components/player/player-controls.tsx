"use client";

import { Pause, Play, RotateCcw, RotateCw } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { useKeys } from "@/components/ui/use-keys";
import { formatDuration } from "@/lib/format";

/** Playback state. */
export interface Media {
  isPlaying: boolean;
  seconds: number;
  /** Null until it is known. */
  durationSeconds: number | null;
  hasFailed: boolean;
}

const events = ["play", "pause", "ended", "timeupdate", "seeking", "durationchange", "error"] as const;

/** Tracks an audio element. `onMove`: gets its position (seconds), during playback and after a seek. */
export function useMedia(audio: HTMLAudioElement, onMove: (seconds: number) => void): Media {
  const [media, setMedia] = useState<Media>(() => read(audio));
  const update = useEffectEvent((event: Event) => {
    setMedia(read(audio));
    if (event.type === "timeupdate" || event.type === "seeking") onMove(audio.currentTime);
  });
  useEffect(() => {
    const onEvent = (event: Event) => update(event);
    for (const name of events) audio.addEventListener(name, onEvent);
    return () => {
      for (const name of events) audio.removeEventListener(name, onEvent);
    };
  }, [audio]);
  return media;
}

function read(audio: HTMLAudioElement): Media {
  return {
    isPlaying: !audio.paused && !audio.ended,
    seconds: audio.currentTime,
    durationSeconds: Number.isFinite(audio.duration) ? audio.duration : null,
    // Unloading the audio also raises an error event, which needs no message.
    hasFailed: audio.error !== null && audio.hasAttribute("src"),
  };
}

interface PlayerControlsProps {
  audio: HTMLAudioElement;
  media: Media;
}

const stepSeconds = 5;
const speeds: readonly number[] = [0.75, 1, 1.25, 1.5, 2];

/** Play, pause, skip and speed, each with a shortcut. To jump anywhere else, click the timeline. */
export function PlayerControls({ audio, media }: PlayerControlsProps) {
  const { isPlaying, seconds, durationSeconds } = media;
  const [speed, setSpeed] = useState(1);
  const toggle = () => {
    if (audio.paused) audio.play().catch(() => undefined);
    else audio.pause();
  };
  const step = (by: number) => {
    audio.currentTime = Math.min(
      Math.max(0, audio.currentTime + by),
      durationSeconds ?? Number.MAX_SAFE_INTEGER,
    );
  };
  const changeSpeed = (next: number) => {
    audio.playbackRate = next;
    setSpeed(next);
  };
  const stepSpeed = (by: 1 | -1) => {
    const next = speeds[speeds.indexOf(speed) + by];
    if (next !== undefined) changeSpeed(next);
  };
  useKeys([
    [["k"], toggle],
    [["ArrowLeft"], () => step(-stepSeconds)],
    [["ArrowRight"], () => step(stepSeconds)],
    [["<"], () => stepSpeed(-1)],
    [[">"], () => stepSpeed(1)],
  ]);
  return (
    <fieldset aria-label="Recording" className="flex items-center gap-1.5">
      <IconButton label={isPlaying ? "Pause" : "Play"} shortcut="k" onClick={toggle} variant="primary">
        {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
      </IconButton>
      <IconButton label="5 seconds back" shortcut="←" onClick={() => step(-stepSeconds)}>
        <RotateCcw aria-hidden />
      </IconButton>
      <IconButton label="5 seconds forward" shortcut="→" onClick={() => step(stepSeconds)}>
        <RotateCw aria-hidden />
      </IconButton>
      <span className="whitespace-nowrap text-xs" data-testid="play-time">
        {formatDuration(seconds * 1_000)}
        {durationSeconds !== null && (
          <span className="text-muted"> / {formatDuration(durationSeconds * 1_000)}</span>
        )}
      </span>
      <Select
        label="Speed"
        value={String(speed)}
        options={speeds.map((each) => ({ value: String(each), label: `${each}×` }))}
        onChange={(value) => changeSpeed(Number(value))}
      />
    </fieldset>
  );
}
