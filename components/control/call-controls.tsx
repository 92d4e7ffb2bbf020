"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useCan } from "@/components/auth/use-can";
import { type CallAction, useCallActions } from "@/components/control/use-call-actions";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { Tip } from "@/components/ui/tip";
import { showError } from "@/components/ui/toast";
import { useKeys } from "@/components/ui/use-keys";
import { whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";

const KeysDialog = withSuspense(
  dynamic(() => loadCode(() => import("@/components/board/keys-dialog")).then((module) => module.KeysDialog)),
);
const MoreActions = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/control/more-actions")).then((module) => module.MoreActions),
  ),
);

interface CallControlsProps {
  detail: CallDetail;
  /** The page's keyboard shortcuts trigger it too. */
  hasKeys?: boolean;
  /** In a narrow panel: icons only, in one row. */
  isNarrow?: boolean;
}

/**
 * Actions on a live call as a row of buttons; on a phone, CallBar replaces it. Renders nothing without the permission
 * or on a call that had ended when its page was opened.
 */
export function CallControls(props: CallControlsProps) {
  const canControl = useCan("calls.control");
  const [wasLive] = useState(whenEnded(props.detail.call) === null);
  return canControl && wasLive ? <Controls {...props} /> : null;
}

function Controls({ detail, hasKeys = false, isNarrow = false }: CallControlsProps) {
  const acts = useCallActions(detail.call, detail.operatorActions);
  const reasons = new Set(acts.flatMap(({ reason }) => reason ?? []));
  return (
    <div className="grid gap-1 max-sm:hidden">
      <div role="toolbar" aria-label="Live control" className="flex flex-wrap items-center gap-1">
        {acts.map((act) => (
          <ActionButton key={act.id} act={act} isNarrow={isNarrow} />
        ))}
      </div>
      {reasons.size > 0 && <p className="text-muted text-xs">{[...reasons].join(" ")}</p>}
      {hasKeys && <ControlKeys acts={acts} />}
    </div>
  );
}

/** Runs an action, or shows why it is not possible. */
function useRun(): (act: CallAction) => void {
  return ({ reason, run }) => (reason === null ? run() : showError(reason));
}

function ActionButton({ act, isNarrow }: { act: CallAction; isNarrow: boolean }) {
  const { label, Icon, shortcut, isOn, reason } = act;
  const run = useRun();
  return (
    <Tip label={reason ?? label} shortcut={reason === null ? shortcut : undefined}>
      <Button
        size="small"
        variant={isOn ? "primary" : "plain"}
        aria-disabled={reason !== null || undefined}
        aria-pressed={isOn}
        aria-label={label}
        onClick={() => run(act)}
        className="aria-disabled:cursor-not-allowed aria-disabled:text-muted [&_svg]:size-3.5"
      >
        <Icon aria-hidden />
        {!isNarrow && label}
      </Button>
    </Tip>
  );
}

function ControlKeys({ acts }: { acts: readonly CallAction[] }) {
  const [isShowingKeys, setShowingKeys] = useState(false);
  const run = useRun();
  useKeys([
    ...acts.flatMap((act) => (act.shortcut ? [[[act.shortcut], () => run(act)] as const] : [])),
    [["?"], () => setShowingKeys(true)],
  ]);
  return isShowingKeys && <KeysDialog onClose={() => setShowingKeys(false)} />;
}

const inBar: readonly CallAction["id"][] = ["listen", "mute", "transfer", "end"];
const barLabels: Readonly<Partial<Record<CallAction["id"], string>>> = { end: "End" };

/** CallControls for a phone: a bar at the bottom, within reach of a thumb. */
export function CallBar({ detail }: { detail: CallDetail }) {
  const canControl = useCan("calls.control");
  const [wasLive] = useState(whenEnded(detail.call) === null);
  return canControl && wasLive ? <Bar detail={detail} /> : null;
}

function Bar({ detail }: { detail: CallDetail }) {
  const acts = useCallActions(detail.call, detail.operatorActions);
  const run = useRun();
  const shown = acts.filter(({ id }) => inBar.includes(id));
  const rest = acts.filter(({ id }) => !inBar.includes(id));
  return (
    <div
      role="toolbar"
      aria-label="Live control"
      className="sticky bottom-0 z-20 grid grid-cols-5 border-line border-t bg-surface px-1 py-1 sm:hidden"
    >
      {shown.map((act) => {
        const { id, label, Icon, isOn, reason } = act;
        return (
          <button
            key={id}
            type="button"
            aria-label={label}
            aria-disabled={reason !== null || undefined}
            aria-pressed={isOn}
            onClick={() => run(act)}
            className={classNames(
              "grid h-13 place-content-center justify-items-center gap-0.5 rounded-md font-medium text-[11px] aria-disabled:text-muted",
              isOn && "bg-accent-soft text-accent",
            )}
          >
            <Icon aria-hidden className="size-5" />
            {barLabels[id] ?? label.split(" ")[0]}
          </button>
        );
      })}
      <MoreActions acts={rest} onRun={run} />
    </div>
  );
}
