import { Moon } from "lucide-react";
import { SimulateButton } from "@/components/board/simulate-button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";

interface BoardQuietProps {
  webhookUrl: string;
  canSimulate: boolean;
}

/** The board without a call: calm, and what to do next. */
export function BoardQuiet({ webhookUrl, canSimulate }: BoardQuietProps) {
  return (
    <Notice icon={<Moon aria-hidden />} title="All quiet. No live calls.">
      <p>A call appears here by itself as soon as Vapi tells us of it. Its Server URL is</p>
      <p className="mx-auto mt-3 flex w-fit max-w-full items-center gap-1 rounded-md border border-line bg-surface py-1 pr-1 pl-3 text-ink">
        <code className="truncate font-mono text-xs">{webhookUrl}</code>
        <CopyButton text={webhookUrl} what="the webhook URL" />
      </p>
      {canSimulate && <SimulateButton />}
    </Notice>
  );
}
