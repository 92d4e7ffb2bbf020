"use client";

import { useSyncExternalStore } from "react";
import {
  type ListenSession,
  type ListenSettings,
  listenSettingsSchema,
  type PlayerReports,
  type Trail,
} from "@/lib/control/client/listen-session";

const settingsKey = "earshot.listen";
const defaults: ListenSettings = {
  volumes: { caller: 1, assistant: 1 },
  muted: { caller: false, assistant: false },
  several: false,
};

/** Plays one call. The real player is loaded on first use. */
interface Player {
  stop: () => void;
  /** Call after a click, which browsers require before they play audio. */
  unblock: () => void;
  applySettings: (settings: ListenSettings) => void;
}

const trailMs = 60_000;
const none: readonly ListenSession[] = [];
const emptyTrail: Trail = [];

/**
 * The calls that play in this tab. Outside React, so that playback continues across pages; one call at a time, also
 * across tabs, unless `several` is on.
 */
class Listening {
  #sessions: readonly ListenSession[] = none;
  readonly #players = new Map<string, Player>();
  readonly #trails = new Map<string, Trail>();
  #settings: ListenSettings | null = null;
  readonly #watchers = new Set<() => void>();
  #channel: BroadcastChannel | null = null;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly sessions = () => this.#sessions;

  readonly settings = (): ListenSettings => {
    this.#settings ??= readSettings();
    return this.#settings;
  };

  readonly trail = (callId: string): Trail => this.#trails.get(callId) ?? emptyTrail;

  readonly isPlaying = (callId: string) =>
    this.#sessions.some((call) => call.callId === callId && call.status !== "ended");

  /** Starts playing a call. Call from a click or a key press: browsers play audio only then. */
  readonly start = (callId: string, title: string) => {
    if (this.isPlaying(callId)) return;
    this.#players.get(callId)?.stop();
    if (!this.settings().several) this.stopAll();
    this.#announce();
    this.#sessions = [
      ...this.#sessions.filter((call) => call.callId !== callId && call.status !== "ended"),
      {
        callId,
        title,
        status: "connecting",
        why: null,
        channels: 2,
        behindMs: null,
        levels: [0, 0],
        counters: { gaps: 0, longestGapMs: 0, skippedMs: 0, playedMs: 0, resumes: 0 },
      },
    ];
    this.#trails.delete(callId);
    this.#notify();
    // Opened while the click still counts: loading the player may take a moment.
    const context = new AudioContext({ latencyHint: "interactive" });
    let isStopped = false;
    this.#players.set(callId, {
      stop() {
        isStopped = true;
        void context.close();
      },
      unblock: () => {},
      applySettings: () => {},
    });
    import("@/lib/control/client/call-player").then(
      ({ CallPlayer }) => {
        if (isStopped) return;
        const change: PlayerReports["change"] = (next) => this.#change(callId, next);
        const player = new CallPlayer(callId, context, this.settings(), { change });
        this.#players.set(callId, player);
      },
      () =>
        this.#change(callId, { status: "ended", why: "The player could not be loaded. Reload the page." }),
    );
  };

  readonly stop = (callId: string) => {
    this.#players.get(callId)?.stop();
    this.#players.delete(callId);
    this.#sessions = this.#sessions.filter((call) => call.callId !== callId);
    this.#trails.delete(callId);
    this.#notify();
  };

  readonly stopAll = () => {
    for (const { callId } of this.#sessions) this.stop(callId);
  };

  readonly unblock = (callId: string) => this.#players.get(callId)?.unblock();

  readonly changeSettings = (change: Partial<ListenSettings>) => {
    this.#settings = { ...this.settings(), ...change };
    localStorage.setItem(settingsKey, JSON.stringify(this.#settings));
    for (const player of this.#players.values()) player.applySettings(this.#settings);
    this.#notify();
  };

  #change(callId: string, change: Partial<ListenSession>) {
    if (!this.#sessions.some((call) => call.callId === callId)) return;
    this.#sessions = this.#sessions.map((call) => (call.callId === callId ? { ...call, ...change } : call));
    if (change.levels) {
      const at = Date.now();
      const recent = this.trail(callId).filter((point) => point.at > at - trailMs);
      this.#trails.set(callId, [...recent, { at, levels: change.levels }]);
    }
    this.#notify();
  }

  #notify() {
    for (const watcher of this.#watchers) watcher();
  }

  /** Stops playback in the browser's other tabs, and in this one when another starts. */
  #announce() {
    if (!this.#channel) {
      this.#channel = new BroadcastChannel("earshot.listening");
      this.#channel.onmessage = () => {
        // Another tab may have changed the settings.
        this.#settings = readSettings();
        if (!this.#settings.several) this.stopAll();
      };
    }
    this.#channel.postMessage("listening");
  }
}

function readSettings(): ListenSettings {
  try {
    return listenSettingsSchema.parse(JSON.parse(localStorage.getItem(settingsKey) ?? "null"));
  } catch {
    return defaults;
  }
}

export const listening = new Listening();

/** The calls that play in this tab, including those that have just ended. Changes about twenty times a second. */
export function useListenSessions(): readonly ListenSession[] {
  return useSyncExternalStore(listening.watch, listening.sessions, () => none);
}

/** Whether any call is playing or has just ended. */
export function useIsListening(): boolean {
  return useSyncExternalStore(
    listening.watch,
    () => listening.sessions().length > 0,
    () => false,
  );
}

export function useIsPlaying(callId: string): boolean {
  return useSyncExternalStore(
    listening.watch,
    () => listening.isPlaying(callId),
    () => false,
  );
}

export function useTrail(callId: string): Trail {
  return useSyncExternalStore(
    listening.watch,
    () => listening.trail(callId),
    () => emptyTrail,
  );
}

export function useListenSettings(): ListenSettings {
  return useSyncExternalStore(listening.watch, listening.settings, () => defaults);
}
