"use client";

import { Pause, Play, RotateCcw, RotateCw } from "lucide-react";
import { useState } from "react";
import type { Media } from "@/components/player/use-media";
import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { useKeys } from "@/components/ui/use-keys";
import { formatDuration } from "@/lib/format";

interface PlayerControlsProps {
  audio: HTMLAudioElement;
  media: Media;
}

const stepSeconds = 5;
const speeds: readonly number[] = [0.75, 1, 1.25, 1.5, 2];

/** Play, pause, a few seconds back or on, anywhere, faster or slower; each has a key. */
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
      <IconButton label={isPlaying ? "Pause" : "Play"} shortcut="k" onClick={toggle} look="primary">
        {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
      </IconButton>
      <IconButton label="5 seconds back" shortcut="←" onClick={() => step(-stepSeconds)}>
        <RotateCcw aria-hidden />
      </IconButton>
      <IconButton label="5 seconds on" shortcut="→" onClick={() => step(stepSeconds)}>
        <RotateCw aria-hidden />
      </IconButton>
      <span className="whitespace-nowrap text-xs" data-testid="play-time">
        {formatDuration(seconds * 1_000)}
        {durationSeconds !== null && (
          <span className="text-muted"> / {formatDuration(durationSeconds * 1_000)}</span>
        )}
      </span>
      <input
        type="range"
        aria-label="Position in the recording"
        aria-valuetext={formatDuration(seconds * 1_000)}
        min={0}
        max={Math.floor(durationSeconds ?? 0)}
        value={Math.round(seconds)}
        onChange={({ target }) => {
          audio.currentTime = target.valueAsNumber;
        }}
        className="min-w-0 grow accent-accent"
      />
      <Select
        label="Speed"
        value={String(speed)}
        options={speeds.map((each) => ({ value: String(each), label: `${each}×` }))}
        onChange={(value) => changeSpeed(Number(value))}
        className="tabular-nums"
      />
    </fieldset>
  );
}
