"use client";

import { useEffect, useEffectEvent, useState } from "react";

/** What a player's sound is doing. */
export interface Media {
  isPlaying: boolean;
  seconds: number;
  /** Null until it is known. */
  durationSeconds: number | null;
  hasFailed: boolean;
}

const events = ["play", "pause", "ended", "timeupdate", "seeking", "durationchange", "error"] as const;

/** Follows an audio element. `onMove`: told where it stands (seconds), while it plays and when it was moved. */
export function useMedia(audio: HTMLAudioElement, onMove: (seconds: number) => void): Media {
  const [media, setMedia] = useState<Media>(() => read(audio));
  const tell = useEffectEvent((event: Event) => {
    setMedia(read(audio));
    if (event.type === "timeupdate" || event.type === "seeking") onMove(audio.currentTime);
  });
  useEffect(() => {
    const onEvent = (event: Event) => tell(event);
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
    // Letting go of a sound is an error, too, of which nobody needs to hear.
    hasFailed: audio.error !== null && audio.hasAttribute("src"),
  };
}
