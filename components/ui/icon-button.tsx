import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { Tip } from "@/components/ui/tip";

type IconButtonProps = Omit<ComponentProps<typeof Button>, "aria-label"> & {
  /** What it does: read out, and shown on hover. */
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  /** "end" near the right edge of the screen. */
  align?: "center" | "end";
};

/** A button that is only an icon. */
export function IconButton({
  label,
  shortcut,
  align = "center",
  look = "quiet",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tip label={label} align={align} {...(shortcut && { shortcut })}>
      <Button
        look={look}
        aria-label={label}
        className={`size-8 shrink-0 px-0 ${className ?? ""}`}
        {...rest}
      />
    </Tip>
  );
}
