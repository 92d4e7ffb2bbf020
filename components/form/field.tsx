import { CircleAlert, CircleCheck } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

interface Labels {
  label: string;
  /** Shown below the field. */
  hint?: ReactNode;
}

interface LabelledProps extends Labels {
  id: string;
  /** Read aloud with the label: the unit of the number beside the field. */
  unit?: string | undefined;
  children: ReactNode;
}

/** A label above a field, a hint below. */
export function Labelled({ label, unit, hint, id, children }: LabelledProps) {
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
        {unit && <span className="sr-only">, {unit}</span>}
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
export const inputStyle =
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
        className={`${inputStyle} h-10 read-only:bg-raised read-only:text-muted`}
        {...input}
      />
    </Labelled>
  );
}

/** A number field has room for at least four digits, so that fields below each other have one width. */
const leastDigits = 4;

interface NumberFieldProps extends Omit<FieldProps, "type" | "min" | "max"> {
  unit?: string | undefined;
  min: number;
  max: number;
}

/** A labelled number field, as wide as its largest value, with the unit beside it. */
export function NumberField({ label, unit, hint, max, ...input }: NumberFieldProps) {
  const id = useId();
  const digits = Math.max(
    leastDigits,
    String(max).length + (Number.isInteger(Number(input.step ?? 1)) ? 0 : 3),
  );
  return (
    <Labelled label={label} unit={unit} hint={hint} id={id}>
      <span className="flex items-center gap-2">
        <input
          id={id}
          type="number"
          max={max}
          aria-describedby={hint ? `${id}-hint` : undefined}
          // Besides the digits: padding, border and the browser's spin buttons.
          style={{ width: `calc(${digits}ch + 2.75rem)` }}
          className={`${inputStyle} h-10 max-w-full disabled:bg-raised disabled:text-muted`}
          {...input}
        />
        {unit && (
          <span aria-hidden className="text-muted text-sm">
            {unit}
          </span>
        )}
      </span>
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
export function FormMessage({ kind, children }: { kind: "error" | "done"; children: string }) {
  const Icon = kind === "error" ? CircleAlert : CircleCheck;
  return (
    <p
      role={kind === "error" ? "alert" : "status"}
      className={`flex items-start gap-2 rounded-md px-3 py-2 text-sm ${kind === "error" ? "bg-danger-soft text-danger" : "bg-success-soft text-success"}`}
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
        className={`${inputStyle} py-2 ${isCode ? "font-mono" : ""}`}
        {...area}
      />
    </Labelled>
  );
}
