"use client";

import { Moon, Phone, SearchX } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/panel";
import { sendJson } from "@/lib/http/client";

/** Starts a simulated call, to try the board before Vapi sends one. */
function SimulateButton() {
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const simulate = () =>
    start(async () => {
      const sent = await sendJson("POST", "/api/simulation");
      setProblem(sent.ok ? null : sent.why);
    });
  return (
    <div className="mt-4 grid justify-items-center gap-2">
      <Button onClick={simulate} disabled={isPending}>
        <Phone aria-hidden />
        Start a simulated call
      </Button>
      {problem && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

interface BoardQuietProps {
  webhookUrl: string;
  canSimulate: boolean;
}

/** The board without a call: calm, and what to do next. */
export function BoardQuiet({ webhookUrl, canSimulate }: BoardQuietProps) {
  return (
    <Notice icon={<Moon aria-hidden />} title="All quiet. No live calls.">
      <p>Calls appear here as soon as Vapi sends one. Your Server URL:</p>
      <p className="mx-auto mt-3 flex w-fit max-w-full items-center gap-1 rounded-md border border-line bg-surface py-1 pr-1 pl-3 text-ink">
        <code className="truncate font-mono text-xs">{webhookUrl}</code>
        <CopyButton text={webhookUrl} what="the webhook URL" />
      </p>
      {canSimulate && <SimulateButton />}
    </Notice>
  );
}

/** Shown if there are live calls but none matches the filter. */
export function BoardNoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Notice icon={<SearchX aria-hidden />} title="No live call matches">
      <Button onClick={onClear}>Show all calls</Button>
    </Notice>
  );
}
