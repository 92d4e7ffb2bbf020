import type { ComponentProps } from "react";

type ScrollRegionProps = Omit<ComponentProps<"section">, "tabIndex" | "aria-label"> & { label: string };

/** Something that scrolls by itself and can be reached and scrolled with the keyboard. */
export function ScrollRegion({ label, ...rest }: ScrollRegionProps) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard (WCAG 2.1.1).
  return <section aria-label={label} tabIndex={0} {...rest} />;
}
