import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/**
 * Text from outside on one line, aligned as what it stands in. It is cut at its own end, which of Arabic and Hebrew is the left one:
 * cut by a box that reads from the left, they would lose their first words.
 */
export function CutText({ className, children }: { className?: string; children: ReactNode }) {
  return <bdi className={classNames("block truncate [text-align:match-parent]", className)}>{children}</bdi>;
}
