"use client";

import { useEffect } from "react";

/** Marks the page as hydrated: clicks held until then are released (app/held-clicks.ts), and browser tests start. */
export function ReadyMark() {
  useEffect(() => {
    document.documentElement.dataset.ready = "";
  }, []);
  return null;
}
