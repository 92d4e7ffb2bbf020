import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";

type ScrollRegionProps = Omit<ComponentProps<"section">, "tabIndex" | "aria-label"> & { label: string };

/**
 * A scrollable area that can be focused and scrolled with the keyboard. It is positioned, so that its content for
 * screen readers stays inside it and makes no other area scroll.
 */
export function ScrollRegion({ label, className, ...rest }: ScrollRegionProps) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard (WCAG 2.1.1).
  return <section aria-label={label} tabIndex={0} className={classNames("relative", className)} {...rest} />;
}
