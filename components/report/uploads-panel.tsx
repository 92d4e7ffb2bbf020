import { CircleCheck, CircleX } from "lucide-react";
import { Panel } from "@/components/ui/panel";
import type { Mark } from "@/lib/calls/parts";
import { artifactLabel } from "@/lib/calls/report";

/** Which of the call's files Vapi uploaded to the team's own storage, and which failed. */
export function UploadsPanel({ marks }: { marks: readonly Mark[] }) {
  const uploads = marks.filter(({ kind }) => kind === "stored" || kind === "not-stored");
  if (uploads.length === 0) return null;
  return (
    <Panel title="Files in your storage">
      <ul className="grid gap-1.5">
        {uploads.map(({ id, kind, detail }) => (
          <li key={id} className="flex items-center gap-2">
            {kind === "stored" ? (
              <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
            ) : (
              <CircleX aria-hidden className="size-4 shrink-0 text-danger" />
            )}
            <span className="min-w-0 break-words">{artifactLabel(detail ?? "An artifact")}</span>
            <span className="ml-auto whitespace-nowrap text-muted text-xs">
              {kind === "stored" ? "stored" : "not stored"}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
