"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Button } from "@/components/ui/button";

interface ConfirmButtonProps {
  /** The verb, on the button and in the dialog. */
  verb: string;
  /** The question. */
  title: string;
  /** What will happen, and whether it can be undone. */
  children: string;
  disabled?: boolean;
  onConfirm: () => void;
}

/** A button for something irreversible: it asks for confirmation, and only the confirming button is red. */
export function ConfirmButton({ verb, title, children, disabled = false, onConfirm }: ConfirmButtonProps) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger render={<Button size="small" disabled={disabled} />}>{verb}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-ink/30" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 grid w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 gap-3 rounded-xl border border-line bg-surface p-5 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-muted">{children}</AlertDialog.Description>
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
            <AlertDialog.Close render={<Button variant="danger" onClick={onConfirm} />}>
              {verb}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
