"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useState } from "react";
import { Choice } from "@/components/form/choice";
import { Button } from "@/components/ui/button";

const graces = [
  { value: "1", label: "one hour" },
  { value: "24", label: "one day" },
  { value: "168", label: "one week" },
  { value: "0", label: "not at all" },
] as const;

interface RotateButtonProps {
  name: string;
  disabled: boolean;
  onRotate: (graceHours: number) => void;
}

/** Asks how long the old secret stays valid, and then makes a new one. */
export function RotateButton({ name, disabled, onRotate }: RotateButtonProps) {
  const [hours, setHours] = useState("24");
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger render={<Button size="small" disabled={disabled} />}>Rotate</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-ink/30" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 grid w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 gap-3 rounded-xl border border-line bg-surface p-5 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">{`Rotate “${name}”?`}</AlertDialog.Title>
          <AlertDialog.Description className="text-muted">
            A new secret is made. The old one stays valid for a while, so that no event is lost before Vapi
            knows the new one.
          </AlertDialog.Description>
          <Choice
            label="The old secret stays valid for"
            options={graces}
            value={hours}
            onChange={({ currentTarget }) => setHours(currentTarget.value)}
          />
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
            <AlertDialog.Close render={<Button look="primary" onClick={() => onRotate(Number(hours))} />}>
              Rotate
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
