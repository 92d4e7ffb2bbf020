import {
  AudioLines,
  Bot,
  type LucideIcon,
  Megaphone,
  MessageSquareLock,
  MicOff,
  PhoneForwarded,
  PhoneOff,
} from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { ControlAction, OperatorAction } from "@/lib/control/action";
import { describeAction, describeOngoing } from "@/lib/control/describe";
import { formatDuration } from "@/lib/format";

export const actionIcons: Readonly<Record<ControlAction, LucideIcon>> = {
  say: Megaphone,
  whisper: MessageSquareLock,
  mute: MicOff,
  unmute: AudioLines,
  transfer: PhoneForwarded,
  handoff: Bot,
  end: PhoneOff,
};

/** An operator's action, at its place in the transcript. `from`: epoch ms of the call's start. */
export function ActionRow({ action, from }: { action: OperatorAction; from: number }) {
  const Icon = actionIcons[action.action];
  const hasFailed = action.outcome === "failed" || action.outcome === "unknown";
  return (
    <p
      data-action={action.id}
      data-outcome={action.outcome}
      className="mx-auto flex max-w-xl items-start justify-center gap-1.5 rounded-md bg-accent-soft px-2.5 py-1.5 text-xs"
    >
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-accent" />
      <span dir="auto" className="wrap-anywhere min-w-0">
        <span className={classNames(action.outcome === "pending" && "text-muted")}>
          {action.outcome === "pending" ? `${describeOngoing(action)} …` : describeAction(action)}
        </span>
        {hasFailed && <span className="block text-waiting">{action.detail}</span>}
      </span>
      <span className="shrink-0 text-muted">{formatDuration(Date.parse(action.at) - from)}</span>
    </p>
  );
}
