import type { ComponentProps } from "react";
import { classNames } from "@/components/ui/class-names";

type ScrollRegionProps = Omit<ComponentProps<"section">, "tabIndex" | "aria-label"> & { label: string };

/**
 * Something that scrolls by itself and can be reached and scrolled with the keyboard. Positioned, so that what is only there for
 * screen readers lies inside of it and makes no other area scroll.
 */
export function ScrollRegion({ label, className, ...rest }: ScrollRegionProps) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard (WCAG 2.1.1).
  return <section aria-label={label} tabIndex={0} className={classNames("relative", className)} {...rest} />;
}
