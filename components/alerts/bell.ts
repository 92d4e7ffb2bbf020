"use client";

import { readAlarmSettings, watchAlarmSettings } from "@/components/alerts/alarm-settings";

/**
 * Two rising notes and their fifth, twice: distinct from the sounds of other office software. Hertz, and seconds from
 * the start.
 */
const notes = [
  [659, 0],
  [880, 0.14],
  [988, 0.28],
  [659, 0.7],
  [880, 0.84],
  [988, 0.98],
] as const;
const noteSeconds = 0.22;

const repeatMs = 30_000;
const lockName = "earshot.bell";

/**
 * Whether an alert would be heard: "unset" until the user has chosen, "blocked" while the browser allows no sound
 * before a click on the page.
 */
export type BellState = "unset" | "muted" | "blocked" | "on";

/**
 * Rings while alerts are unacknowledged: at once for each new one, then every 30 s. Only one tab of a browser rings,
 * and only tabs that can be heard compete for the lock.
 */
export class Bell {
  readonly #waiting = new Map<string, readonly string[]>();
  readonly #watchers = new Set<() => void>();
  #rung: ReadonlySet<string> = new Set();
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Cancels the request for the lock, or releases it. */
  #release: (() => void) | null = null;
  #isRinger = false;

  /** Starts to track the settings and the browser's autoplay permission. Returns a function that stops it. */
  start = (): (() => void) => {
    const stopWatching = watchAlarmSettings(this.#update);
    const unblock = () => void this.#context?.resume();
    window.addEventListener("pointerdown", unblock);
    window.addEventListener("keydown", unblock);
    this.#update();
    return () => {
      stopWatching();
      window.removeEventListener("pointerdown", unblock);
      window.removeEventListener("keydown", unblock);
      clearInterval(this.#timer);
      this.#release?.();
    };
  };

  getState = (): BellState => {
    const { sound } = readAlarmSettings();
    if (sound === null) return "unset";
    if (!sound) return "muted";
    return this.#context?.state === "running" ? "on" : "blocked";
  };

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Plays the sound once, whatever the settings. Call it from a click, as browsers require. */
  test = (): void => {
    const context = this.#open();
    void context.resume().then(() => playChime(context, readAlarmSettings().volume));
  };

  /** Sets the IDs of the unacknowledged alerts known to a source. A new one rings. */
  setWaiting = (source: string, ids: readonly string[]): void => {
    this.#waiting.set(source, ids);
    const waiting = new Set([...this.#waiting.values()].flat());
    const hasNew = [...waiting].some((id) => !this.#rung.has(id));
    this.#rung = waiting;
    if (hasNew || waiting.size === 0) this.#restart();
  };

  /** Rings now if an alert is unacknowledged, and repeats. */
  #restart(): void {
    clearInterval(this.#timer);
    if (this.#rung.size === 0) return;
    this.#ring();
    this.#timer = setInterval(() => readAlarmSettings().repeat && this.#ring(), repeatMs);
  }

  #ring(): void {
    if (this.#isRinger && this.#context) playChime(this.#context, readAlarmSettings().volume);
  }

  #open(): AudioContext {
    if (this.#context) return this.#context;
    this.#context = new AudioContext();
    this.#context.onstatechange = this.#update;
    return this.#context;
  }

  /** Competes for the lock only while this tab can be heard. */
  #update = (): void => {
    if (readAlarmSettings().sound) void this.#open().resume();
    const isAudible = this.getState() === "on";
    if (isAudible && !this.#release) this.#claim();
    if (!isAudible) this.#release?.();
    for (const watcher of this.#watchers) watcher();
  };

  #claim(): void {
    const cancel = new AbortController();
    let giveBack = () => {};
    const held = new Promise<void>((resolve) => {
      giveBack = resolve;
    });
    this.#release = () => {
      cancel.abort();
      giveBack();
      this.#release = null;
      this.#isRinger = false;
    };
    const hold = () => {
      this.#isRinger = true;
      this.#restart();
      return held;
    };
    // Without the Locks API (an unencrypted page), every tab that can be heard rings.
    if (!("locks" in navigator)) void hold();
    else navigator.locks.request(lockName, { signal: cancel.signal }, hold).catch(() => undefined);
  }
}

function playChime(audio: AudioContext, volume: number): void {
  const start = audio.currentTime + 0.02;
  for (const [hertz, at] of notes) playNote(audio, hertz, start + at, volume);
}

function playNote(audio: AudioContext, hertz: number, at: number, volume: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.type = "triangle";
  tone.frequency.value = hertz;
  // Fades in and out, because an abrupt tone clicks.
  loudness.gain.setValueAtTime(0.0001, at);
  loudness.gain.exponentialRampToValueAtTime(Math.max(0.0002, volume * 0.5), at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + noteSeconds);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + noteSeconds + 0.02);
}
