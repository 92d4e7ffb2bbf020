"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useId } from "react";
import { readFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";

interface TextDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The verb on the confirming button. */
  verb: string;
  /** The alert or other subject. */
  title: string;
  /** Label of the text field. */
  label: string;
  isRequired: boolean;
  onSay: (text: string) => void;
}

/** Asks for a few words. Ctrl or Cmd with Enter submits them. */
export function TextDialog({ isOpen, onOpenChange, verb, title, label, isRequired, onSay }: TextDialogProps) {
  const id = useId();

  function say(form: FormData) {
    onOpenChange(false);
    onSay(readFields(form, "text").text.trim());
  }

  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-surface p-5 shadow-2xl outline-none">
          <form action={say} className="grid gap-3">
            <Dialog.Title className="font-semibold text-base">{title}</Dialog.Title>
            <div className="grid gap-1.5">
              <label htmlFor={id} className="font-medium text-sm">
                {label}
              </label>
              <textarea
                id={id}
                name="text"
                rows={3}
                required={isRequired}
                maxLength={2_000}
                onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
                  if (key === "Enter" && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit();
                }}
                className="w-full rounded-md border border-line-strong bg-surface px-3 py-2 text-base text-ink sm:text-sm"
              />
            </div>
            <div className="flex justify-end gap-2">
              <Dialog.Close render={<Button />}>Cancel</Dialog.Close>
              <Button type="submit" variant="primary">
                {verb}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
