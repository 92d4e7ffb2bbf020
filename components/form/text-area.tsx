import { type ComponentProps, type ReactNode, useId } from "react";

type TextAreaProps = Omit<ComponentProps<"textarea">, "id"> & {
  label: string;
  /** What to know before typing. */
  hint?: ReactNode;
  /** JSON and the like. */
  isCode?: boolean;
};

/** A labelled text of several lines. */
export function TextArea({ label, hint, isCode = false, ...area }: TextAreaProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        spellCheck={!isCode}
        className={`w-full rounded-md border border-line-strong bg-surface px-3 py-2 text-base text-ink placeholder:text-muted sm:text-sm ${isCode ? "font-mono" : ""}`}
        {...area}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
