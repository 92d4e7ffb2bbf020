import { Download, FileText } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { Tip } from "@/components/ui/tip";
import { formatDuration } from "@/lib/format";

interface CallShareProps {
  callId: string;
  /** Milliseconds from the call's start that somebody has chosen; null for none. */
  chosenMs: number | null;
}

const files = [
  { format: "txt", what: "Download transcript", Icon: FileText },
  { format: "json", what: "Download as JSON", Icon: Download },
] as const;

/** Takes a call elsewhere: a link to this very moment of it, or the whole as a file. */
export function CallShare({ callId, chosenMs }: CallShareProps) {
  const seconds = chosenMs === null ? null : Math.floor(Math.max(0, chosenMs) / 1_000);
  const path = `/calls/${encodeURIComponent(callId)}`;
  return (
    <div className="flex items-center gap-1">
      <CopyButton
        what={seconds === null ? "link to this call" : `link to ${formatDuration(seconds * 1_000)}`}
        text={() => new URL(seconds === null ? path : `${path}?t=${seconds}`, location.origin).href}
      />
      {files.map(({ format, what, Icon }) => (
        <Tip key={format} label={what}>
          <a
            href={`/api${path}/export?format=${format}`}
            download
            aria-label={what}
            className="reach grid size-6 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
          >
            <Icon aria-hidden className="size-3.5" />
          </a>
        </Tip>
      ))}
    </div>
  );
}
