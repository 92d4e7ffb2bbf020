"use client";

import type { Look } from "@/components/look/look";

const yearSeconds = 365 * 24 * 60 * 60;

/** Changes how this page looks now, and every page of this browser from now on. */
export function saveLook(change: Partial<Look>): void {
  for (const [name, value] of Object.entries(change)) {
    document.documentElement.dataset[name] = value;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support.
    document.cookie = `earshot-${name}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
  }
}
