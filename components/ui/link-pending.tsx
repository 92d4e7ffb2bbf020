"use client";

import { LoaderCircle } from "lucide-react";
import { useLinkStatus } from "next/link";

/** Inside a Link: shows that its page is loading, if that takes a moment. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return (
    pending && (
      <LoaderCircle aria-hidden className="ml-1.5 inline size-3.5 shrink-0 motion-safe:animate-spin" />
    )
  );
}
