"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { WaveSurferOptions } from "wavesurfer.js";
import WaveSurfer from "wavesurfer.js";

/** Calls back when the page's colours have become others: by the menu, or with the evening. */
export function useThemeChange(onChange: () => void): void {
  const tell = useEffectEvent(onChange);
  useEffect(() => {
    const change = () => tell();
    const byMenu = new MutationObserver(change);
    byMenu.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const bySystem = matchMedia("(prefers-color-scheme: dark)");
    bySystem.addEventListener("change", change);
    return () => {
      byMenu.disconnect();
      bySystem.removeEventListener("change", change);
    };
  }, []);
}

interface WaveformProps {
  audio: HTMLAudioElement;
  /** One list a channel. */
  peaks: readonly number[][];
  durationSeconds: number;
}

const laneHeight = 36;

const voices = [
  { name: "Caller", ink: "text-caller" },
  { name: "Assistant", ink: "text-assistant" },
] as const;
const both = [{ name: "Both voices", ink: "text-ink" }] as const;

/** The recording drawn, a lane a voice with its name on it. What it shows the timeline and the slider say too, so it is for eyes and pointers alone. */
export function Waveform({ audio, peaks, durationSeconds }: WaveformProps) {
  const container = useRef<HTMLDivElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer>(null);
  const lanes = peaks.length > 1 ? voices : both;

  useEffect(() => {
    if (!container.current) return;
    const made = WaveSurfer.create({
      container: container.current,
      media: audio,
      peaks: peaks.map((channel) => [...channel]),
      duration: durationSeconds,
      height: laneHeight,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      barMinHeight: 1,
      cursorWidth: 1,
      normalize: true,
      cspNonce: document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "",
      ...colours(labels.current),
    });
    surfer.current = made;
    return () => {
      made.destroy();
      surfer.current = null;
    };
  }, [audio, peaks, durationSeconds]);

  useThemeChange(() => surfer.current?.setOptions(colours(labels.current)));

  return (
    <div aria-hidden className="relative" data-testid="waveform">
      <div ref={container} />
      <div ref={labels} className="pointer-events-none absolute inset-0 grid content-start">
        {lanes.map(({ name, ink }) => (
          <span key={name} className={ink} style={{ height: laneHeight }}>
            <span className="rounded bg-surface px-1 py-0.5 font-medium text-[11px]">{name}</span>
          </span>
        ))}
      </div>
    </div>
  );
}

/** Canvases know nothing of CSS's variables: what the names on the lanes are painted with is read off them. */
function colours(labels: HTMLElement | null): Partial<WaveSurferOptions> {
  if (!labels) return {};
  const faint = getComputedStyle(labels).getPropertyValue("--faint");
  const rest = resolve(labels, faint);
  const lanes = [...labels.children].map((lane) => ({
    waveColor: rest,
    progressColor: getComputedStyle(lane).color,
    height: laneHeight,
    overlay: false,
  }));
  const [first] = lanes;
  return {
    cursorColor: getComputedStyle(labels).color,
    waveColor: rest,
    ...(first && { progressColor: first.progressColor }),
    ...(lanes.length > 1 && { splitChannels: lanes }),
  };
}

/** A colour as a canvas understands it, whatever CSS wrote. */
function resolve(near: HTMLElement, colour: string): string {
  const probe = document.createElement("span");
  probe.style.color = colour;
  near.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
