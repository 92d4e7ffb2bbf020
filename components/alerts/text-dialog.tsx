"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useId, useState } from "react";
import { readFields, takeFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";
import type { ActionsState } from "@/lib/alerts/alert";

interface TextFormProps {
  /** ID of the alert or other subject. */
  id: string;
  acts: ActionsState;
  /** The verb on the confirming button. */
  verb: string;
  /** The alert or other subject. */
  title: string;
  /** Label of the text field. */
  label: string;
  isRequired: boolean;
  onSay: (text: string) => void;
}

interface TextDialogProps extends TextFormProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Asks for a few words. Ctrl or Cmd with Enter submits them. */
export function TextDialog({ isOpen, onOpenChange, onSay, ...form }: TextDialogProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-surface p-5 shadow-2xl outline-none">
          <TextForm
            {...form}
            onSay={(text) => {
              onOpenChange(false);
              onSay(text);
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The last text sent by verb and subject. Outlives the dialog: a resolved alert leaves its list until the server rejects it. */
const lastSent = new Map<string, string>();

/** Starts with the last text sent, if the subject has not got it: the server rejected it or could not be reached. */
function TextForm({ id, acts, verb, title, label, isRequired, onSay }: TextFormProps) {
  const fieldId = useId();
  const key = `${verb} ${id}`;
  const [sent] = useState(() => lastSent.get(key));
  const isLost = sent !== undefined && !acts.log.some(({ text }) => text === sent);

  function say(form: FormData) {
    const text = readFields(form, "text").text.trim();
    if (text !== "") lastSent.set(key, text);
    onSay(text);
  }

  return (
    <form onSubmit={takeFields(say)} className="grid gap-3">
      <Dialog.Title className="font-semibold text-base">{title}</Dialog.Title>
      <div className="grid gap-1.5">
        <label htmlFor={fieldId} className="font-medium text-sm">
          {label}
        </label>
        <textarea
          id={fieldId}
          name="text"
          rows={3}
          required={isRequired}
          maxLength={2_000}
          defaultValue={isLost ? sent : ""}
          onKeyDown={({ key: pressed, ctrlKey, metaKey, currentTarget }) => {
            if (pressed === "Enter" && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit();
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
  );
}
