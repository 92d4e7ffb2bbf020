"use client";

import type { Appearance } from "@/components/appearance/appearance";

const yearSeconds = 365 * 24 * 60 * 60;

/** Applies an appearance setting to this page and saves it for every page in this browser. */
export function saveAppearance(change: Partial<Appearance>): void {
  for (const [name, value] of Object.entries(change)) {
    document.documentElement.dataset[name] = value;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support.
    document.cookie = `earshot-${name}=${value}; path=/; max-age=${yearSeconds}; samesite=lax`;
  }
}
