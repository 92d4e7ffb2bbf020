import { Download, FileText } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { Tip } from "@/components/ui/tip";
import { formatDuration } from "@/lib/format";

interface CallShareProps {
  callId: string;
  /** Selected moment, in milliseconds from the call's start; null if none. */
  chosenMs: number | null;
}

const files = [
  { format: "txt", what: "Download transcript", Icon: FileText },
  { format: "json", what: "Download as JSON", Icon: Download },
] as const;

/** Copies a link to the selected moment of a call, or downloads the call as a file. */
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
