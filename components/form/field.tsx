import { CircleAlert, CircleCheck } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

interface Labels {
  label: string;
  /** Shown below the field. */
  hint?: ReactNode;
}

/** A label above a field, a hint below. */
export function Labelled({ label, hint, id, children }: Labels & { id: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Classes of every text input. */
export const inputLook =
  "w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-muted sm:text-sm";

type FieldProps = Omit<ComponentProps<"input">, "id"> & Labels;

/** A labelled input. */
export function Field({ label, hint, ...input }: FieldProps) {
  const id = useId();
  return (
    <Labelled label={label} hint={hint} id={id}>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={`${inputLook} h-10 read-only:bg-raised read-only:text-muted`}
        {...input}
      />
    </Labelled>
  );
}

type CheckProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode };

export function Check({ label, ...input }: CheckProps) {
  return (
    <label className="flex min-h-10 items-center gap-2 text-sm">
      <input type="checkbox" className="size-4 shrink-0 accent-accent" {...input} />
      <span>{label}</span>
    </label>
  );
}

/** Result of a form, announced to screen readers. */
export function FormMessage({ kind, children }: { kind: "refused" | "done"; children: string }) {
  const Icon = kind === "refused" ? CircleAlert : CircleCheck;
  return (
    <p
      role={kind === "refused" ? "alert" : "status"}
      className={`flex items-start gap-2 rounded-md px-3 py-2 text-sm ${kind === "refused" ? "bg-danger-soft text-danger" : "bg-success-soft text-success"}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

type TextAreaProps = Omit<ComponentProps<"textarea">, "id"> &
  Labels & {
    /** Monospace, for JSON and the like. */
    isCode?: boolean;
  };

export function TextArea({ label, hint, isCode = false, ...area }: TextAreaProps) {
  const id = useId();
  return (
    <Labelled label={label} hint={hint} id={id}>
      <textarea
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        spellCheck={!isCode}
        className={`${inputLook} py-2 ${isCode ? "font-mono" : ""}`}
        {...area}
      />
    </Labelled>
  );
}
