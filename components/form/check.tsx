import type { ComponentProps, ReactNode } from "react";

type CheckProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode };

/** A labelled checkbox. */
export function Check({ label, ...input }: CheckProps) {
  return (
    <label className="flex min-h-10 items-center gap-2 text-sm">
      <input type="checkbox" className="size-4 shrink-0 accent-accent" {...input} />
      <span>{label}</span>
    </label>
  );
}
