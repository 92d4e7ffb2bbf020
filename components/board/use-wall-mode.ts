"use client";

import { useEffect, useEffectEvent } from "react";

/** While mounted: the screen stays awake, and leaving full screen leaves the wallboard. */
export function useWallMode(onLeave: () => void): void {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isGone = false;
    // A browser lets the lock go whenever the page is hidden, so it is taken again when it comes back.
    async function stayAwake() {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      const taken = await navigator.wakeLock.request("screen").catch(() => null);
      if (isGone) await taken?.release();
      else lock = taken;
    }
    const onFullscreen = () => document.fullscreenElement === null && leave();
    void stayAwake();
    document.addEventListener("visibilitychange", stayAwake);
    document.addEventListener("fullscreenchange", onFullscreen);
    return () => {
      isGone = true;
      document.removeEventListener("visibilitychange", stayAwake);
      document.removeEventListener("fullscreenchange", onFullscreen);
      void lock?.release();
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
}
