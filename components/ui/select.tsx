import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";

type SelectProps = Omit<ComponentProps<"select">, "aria-label"> & { label: string };

/** The browser's own list of choices: right on a phone, with the keyboard, and read out. */
export function Select({ label, className, ...rest }: SelectProps) {
  return (
    <select
      aria-label={label}
      className={classNames(
        "h-8 min-w-0 rounded-md border border-line bg-surface px-2 text-ink text-sm hover:border-line-strong",
        className,
      )}
      {...rest}
    />
  );
}
