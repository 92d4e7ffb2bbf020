import {
  Archive,
  ArchiveX,
  AudioLines,
  BookOpenText,
  Languages,
  type LucideIcon,
  PhoneForwarded,
  PhoneMissed,
  PhoneOff,
  Split,
  Trash2,
  TriangleAlert,
  UserRound,
} from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { Mark, MarkKind } from "@/lib/calls/parts";
import { describeMark } from "@/lib/calls/transcript";
import { formatDuration } from "@/lib/format";

/** Beside each kind of mark, wherever one is listed. */
export const markIcons: Readonly<Record<MarkKind, LucideIcon>> = {
  "speech-started": AudioLines,
  "speech-stopped": AudioLines,
  hang: TriangleAlert,
  interrupted: Split,
  transfer: PhoneForwarded,
  language: Languages,
  "assistant-started": UserRound,
  "transfer-answered": PhoneForwarded,
  "transfer-refused": PhoneMissed,
  knowledge: BookOpenText,
  "hang-up-asked": PhoneOff,
  "forward-asked": PhoneForwarded,
  stored: Archive,
  "not-stored": ArchiveX,
  deleted: Trash2,
  "delete-failed": TriangleAlert,
};

/** Something that happened between what was said. `from`: epoch ms of the call's start. */
export function MarkRow({ mark, from }: { mark: Mark; from: number }) {
  const Icon = markIcons[mark.kind];
  return (
    <p
      className={classNames(
        "flex items-center justify-center gap-1.5 text-xs",
        mark.kind === "hang" ? "text-hang" : "text-muted",
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span dir="auto" className="wrap-anywhere min-w-0">
        {describeMark(mark)}
      </span>
      <span>{formatDuration(Date.parse(mark.at) - from)}</span>
    </p>
  );
}
