import { type ComponentProps, type ReactNode, useId } from "react";

type FieldProps = Omit<ComponentProps<"input">, "id"> & {
  label: string;
  /** What to know before typing. */
  hint?: ReactNode;
};

/** A labelled input. */
export function Field({ label, hint, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink placeholder:text-muted read-only:bg-raised read-only:text-muted sm:text-sm"
        {...input}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
