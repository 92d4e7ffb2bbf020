"use client";

import { useEffect } from "react";

/** Marks the page once React has taken over: a click before that is lost, so browser tests wait for the mark. */
export function ReadyMark() {
  useEffect(() => {
    document.documentElement.dataset.ready = "";
  }, []);
  return null;
}
