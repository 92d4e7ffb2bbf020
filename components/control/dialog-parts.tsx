import { type ReactNode, useRef, useState } from "react";
import { type ControlOrder, useControl } from "@/components/control/use-control";
import { TextArea } from "@/components/form/field";
import { Button } from "@/components/ui/button";

/**
 * Sends a dialog's order, then closes the dialog. If the order is not accepted, the dialog stays open with what was typed.
 * `form`: a ref for the dialog's form; once the user has closed it, there is nothing left to close.
 */
export function useDialogOrder(callId: string, onClose: () => void) {
  const act = useControl(callId);
  const form = useRef<HTMLFormElement>(null);
  const [isSending, setSending] = useState(false);

  async function send(order: ControlOrder, target?: string) {
    if (isSending) return;
    setSending(true);
    const isSent = await act(order, target);
    setSending(false);
    if (isSent && form.current) onClose();
  }

  return { form, isSending, send };
}

/** What the action will do, and what the caller will hear. */
export function Preview({ children }: { children: ReactNode }) {
  return (
    <p dir="auto" aria-live="polite" className="wrap-anywhere rounded-md bg-hover px-3 py-2 text-sm">
      {children}
    </p>
  );
}

/** The dialog's buttons, Cancel first. */
export function Buttons({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onClose} className="max-sm:h-11">
        Cancel
      </Button>
      {children}
    </div>
  );
}

/** What the assistant says before the call ends or is transferred. */
export function SayFirst({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextArea
      label="Say first (optional)"
      rows={2}
      maxLength={1_000}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
