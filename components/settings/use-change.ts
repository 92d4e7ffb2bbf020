"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Sent } from "@/lib/http/client";

export type Change = {
  isPending: boolean;
  /** Why the last request was rejected; null if it succeeded. */
  problem: string | null;
  /** Sends the request, then refreshes the page. */
  run: (send: () => Promise<Sent>, onDone?: (value: unknown) => void) => void;
};

/** A change on a settings page, from the click until the page shows it. */
export function useChange(): Change {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();

  const run: Change["run"] = (send, onDone) =>
    start(async () => {
      const sent = await send();
      setProblem(sent.ok ? null : sent.why);
      if (!sent.ok) return;
      onDone?.(sent.value);
      router.refresh();
    });

  return { isPending, problem, run };
}
