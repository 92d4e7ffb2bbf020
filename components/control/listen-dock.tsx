"use client";

import { Headphones, Volume2, VolumeX, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { CutText } from "@/components/ui/cut-text";
import { Link } from "@/components/ui/link";
import { type ListenSession, type Voice, voices } from "@/lib/control/client/listen-session";
import { listening, useListenSessions, useListenSettings } from "@/lib/control/client/listening";

/** Below every page while listening: each call, its delay, and each voice with its volume. */
export function ListenDock() {
  const sessions = useListenSessions();
  const { several } = useListenSettings();
  return (
    <section
      aria-label="Listening"
      className="col-span-full border-line border-t bg-surface px-3 py-1.5 sm:px-4 md:col-start-2"
    >
      <ul className="grid gap-1.5">
        {sessions.map((call) => (
          <ListenSessionItem key={call.callId} call={call} />
        ))}
      </ul>
      <label className="flex items-center gap-1.5 pt-1 text-muted text-xs max-sm:hidden">
        <input
          type="checkbox"
          checked={several}
          onChange={({ target }) => listening.changeSettings({ several: target.checked })}
          className="size-4 accent-accent"
        />
        Keep other calls playing when I listen to another
      </label>
    </section>
  );
}

function ListenSessionItem({ call }: { call: ListenSession }) {
  const { callId, title, status, why, channels, levels, counters } = call;
  return (
    <li
      data-listening={callId}
      data-status={status}
      data-behind={call.behindMs ?? undefined}
      data-played={Math.round(counters.playedMs)}
      data-gap={Math.round(counters.longestGapMs)}
      data-gaps={counters.gaps}
      data-resumes={counters.resumes}
      data-levels={levels.map((level) => level.toFixed(3)).join(" ")}
      className="flex flex-wrap items-center gap-x-4 gap-y-1.5"
    >
      <span className="flex min-w-0 items-center gap-2 max-sm:grow">
        <Headphones
          aria-hidden
          className={classNames("size-4 shrink-0", status === "playing" ? "text-accent" : "text-muted")}
        />
        <Link href={`/calls/${callId}`} className="min-w-0 font-medium hover:underline">
          <CutText>{title}</CutText>
        </Link>
        <span className="whitespace-nowrap text-muted text-xs">{describeStatus(call)}</span>
      </span>
      {status === "blocked" && (
        <Button
          variant="primary"
          size="small"
          onClick={() => listening.unblock(callId)}
          className="max-sm:h-11"
        >
          Turn on sound
        </Button>
      )}
      {why && <span className="wrap-anywhere min-w-0 text-waiting text-xs">{why}</span>}
      {status !== "ended" && (
        <span className="flex gap-x-4 max-sm:order-1 max-sm:gap-x-2 max-sm:w-full sm:ml-auto">
          {voices.slice(0, channels).map((voice, index) => (
            <VoiceStrip
              key={voice}
              voice={voice}
              name={channels === 1 ? "Both voices" : names[voice]}
              level={levels[index] ?? 0}
            />
          ))}
        </span>
      )}
      <IconButton
        label={status === "ended" ? "Close" : "Stop listening"}
        onClick={() => listening.stop(callId)}
        className="max-sm:size-11 sm:size-7"
      >
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

const names: Readonly<Record<Voice, string>> = { caller: "Caller", assistant: "Assistant" };

function describeStatus({ status, behindMs }: ListenSession): string {
  switch (status) {
    case "connecting":
      return "Connecting …";
    case "blocked":
      return "Sound is blocked, or there is no speaker.";
    case "resuming":
      return "Reconnecting …";
    case "ended":
      return "Audio ended.";
    case "playing":
      return behindMs === null ? "Waiting for audio …" : `${behindMs} ms behind`;
  }
}

interface VoiceStripProps {
  voice: Voice;
  name: string;
  /** 0 to 1. */
  level: number;
}

const fills: Readonly<Record<Voice, string>> = { caller: "bg-caller", assistant: "bg-assistant" };

/** One voice: its level, its playback volume, and a mute button. */
function VoiceStrip({ voice, name, level }: VoiceStripProps) {
  const { volumes, muted } = useListenSettings();
  const isMuted = muted[voice];
  return (
    <span className="flex items-center gap-1.5 max-sm:min-w-0 max-sm:flex-1">
      <IconButton
        label={isMuted ? `Hear ${name.toLowerCase()} again` : `Silence ${name.toLowerCase()} for me`}
        aria-pressed={isMuted}
        onClick={() => listening.changeSettings({ muted: { ...muted, [voice]: !isMuted } })}
        className="max-sm:size-11 sm:order-1 sm:size-7"
      >
        {isMuted ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
      </IconButton>
      {/* On a phone the slider takes the whole height; name and meter lie inside its touch target. */}
      <span className="sm:contents max-sm:relative max-sm:min-w-0 max-sm:flex-1">
        <span className="grid gap-1 max-sm:pointer-events-none max-sm:absolute max-sm:inset-0 max-sm:content-between">
          <span className="text-xs max-sm:leading-none">{name}</span>
          <span aria-hidden className="block h-1 w-16 overflow-hidden rounded-full bg-hover max-sm:w-full">
            <span
              className={classNames("block h-full rounded-full", isMuted ? "bg-faint" : fills[voice])}
              style={{ width: `${Math.round(Math.min(1, level) * 100)}%` }}
            />
          </span>
        </span>
        <input
          type="range"
          aria-label={`Volume: ${name}`}
          min={0}
          max={1}
          step={0.05}
          value={volumes[voice]}
          onChange={({ target }) =>
            listening.changeSettings({ volumes: { ...volumes, [voice]: target.valueAsNumber } })
          }
          className="accent-accent max-sm:h-11 max-sm:w-full sm:order-2 sm:w-20"
        />
      </span>
    </span>
  );
}
