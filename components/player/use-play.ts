"use client";

import { useState } from "react";
import { z } from "zod";
import { sendJson } from "@/lib/http/client";

const begunSchema = z.object({ src: z.string() });

/** Begins a play, which is written down, and says where the sound is. */
export function usePlay(callId: string) {
  const [src, setSrc] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [why, setWhy] = useState<string | null>(null);

  async function begin() {
    setAsking(true);
    const sent = await sendJson("POST", `/api/calls/${encodeURIComponent(callId)}/recording`);
    setAsking(false);
    setWhy(sent.ok ? null : sent.why);
    if (sent.ok) setSrc(begunSchema.parse(sent.value).src);
  }

  return { src, isAsking, why, begin };
}
