import type { ReactNode } from "react";
import { TextArea } from "@/components/form/field";
import { Button } from "@/components/ui/button";

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
