import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { Tip } from "@/components/ui/tip";

type IconButtonProps = Omit<ComponentProps<typeof Button>, "aria-label"> & {
  /** What it does: read out, and shown on hover. */
  label: string;
  /** The key that does the same. */
  shortcut?: string;
};

/** A button that is only an icon. */
export function IconButton({ label, shortcut, look = "quiet", className, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} {...(shortcut && { shortcut })}>
      <Button
        look={look}
        aria-label={label}
        className={`size-8 shrink-0 px-0 ${className ?? ""}`}
        {...rest}
      />
    </Tip>
  );
}
