"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

type Keys = ReadonlyArray<readonly [keys: readonly string[], does: string]>;

const boardKeys: Keys = [
  [["j", "↓"], "Next call"],
  [["k", "↑"], "Previous call"],
  [["Enter"], "Open call"],
  [["o"], "Open in side panel"],
  [["Esc"], "Close the side panel"],
  [["a"], "Acknowledge alert"],
  [["/"], "Search"],
  [["n"], "Needs attention only, or all"],
  [["r"], "Re-sort"],
  [["1", "2", "3"], "Rows, tiles, wallboard"],
  [["⌘ K"], "Command palette"],
  [["?"], "Show keyboard shortcuts"],
];

const callKeys: Keys = [
  [["["], "Previous call in list"],
  [["]"], "Next call in list"],
  [["l"], "Listen, or stop"],
  [["m"], "Mute assistant, or unmute"],
  [["t"], "Transfer"],
  [["x"], "End call"],
];

function KeyList({ title, keys }: { title: string; keys: Keys }) {
  return (
    <>
      <h3 className="pt-2 pb-1 font-medium text-muted text-xs">{title}</h3>
      <dl>
        {keys.map(([names, does]) => (
          <div key={does} className="flex items-center justify-between border-line border-t py-1.5">
            <dt>{does}</dt>
            <dd className="flex gap-1">
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** All keyboard shortcuts of the board and of a call's page. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 max-h-[calc(100dvh-2rem)] overflow-y-auto rounded-xl border border-line bg-surface p-4 shadow-2xl outline-none">
          <div className="flex items-center justify-between pb-2">
            <Dialog.Title className="font-semibold text-base">Keyboard shortcuts</Dialog.Title>
            <Dialog.Close
              render={
                // No tip here: the first Escape would close the tip instead of the dialog.
                <Button variant="quiet" size="icon" aria-label="Close">
                  <X aria-hidden />
                </Button>
              }
            />
          </div>
          <KeyList title="On the board" keys={boardKeys} />
          <KeyList title="On a call" keys={callKeys} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
