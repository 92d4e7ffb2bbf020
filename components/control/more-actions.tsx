"use client";

import { Menu } from "@base-ui/react/menu";
import { MoreHorizontal } from "lucide-react";
import type { CallAction } from "@/components/control/use-call-actions";

interface MoreActionsProps {
  acts: readonly CallAction[];
  onRun: (act: CallAction) => void;
}

/** Actions that do not fit a phone's bar. */
export function MoreActions({ acts, onRun }: MoreActionsProps) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label="More actions"
        className="grid h-13 place-content-center justify-items-center gap-0.5 rounded-md font-medium text-[11px]"
      >
        <MoreHorizontal aria-hidden className="size-5" />
        More
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="end" sideOffset={8} className="z-50">
          <Menu.Popup className="min-w-52 rounded-lg border border-line bg-surface p-1 shadow-xl outline-none">
            {acts.map((act) => (
              <ActionItem key={act.id} act={act} onRun={onRun} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** An action in a menu; if it is not possible, selecting it shows why. */
export function ActionItem({ act, onRun }: { act: CallAction; onRun: (act: CallAction) => void }) {
  const { label, Icon, reason } = act;
  return (
    <Menu.Item
      onClick={() => onRun(act)}
      aria-disabled={reason !== null || undefined}
      className="flex h-8 cursor-pointer items-center gap-2 rounded px-2 outline-none aria-disabled:text-muted data-highlighted:bg-hover max-sm:h-11"
    >
      <Icon aria-hidden className="size-4 text-muted" />
      {label}
    </Menu.Item>
  );
}
