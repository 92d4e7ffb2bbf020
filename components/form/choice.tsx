import { type ComponentProps, useId } from "react";

type ChoiceProps = Omit<ComponentProps<"select">, "id" | "children"> & {
  label: string;
  options: readonly { value: string; label: string }[];
  /** The label is read out and not shown, where the place says what it is. */
  isLabelHidden?: boolean;
};

/** A labelled select: the browser's own, which every keyboard, phone and screen reader knows. */
export function Choice({ label, options, isLabelHidden = false, ...select }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "font-medium text-sm"}>
        {label}
      </label>
      <select
        id={id}
        className="h-10 w-full rounded-md border border-line-strong bg-surface px-2 text-base text-ink disabled:opacity-50 sm:text-sm"
        {...select}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
