import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/**
 * Text written by people, on one line, aligned like the text around it. It is truncated at its own end: on the left in
 * Arabic and Hebrew, which would otherwise lose their first words.
 */
export function CutText({ className, children }: { className?: string; children: ReactNode }) {
  return <bdi className={classNames("block truncate [text-align:match-parent]", className)}>{children}</bdi>;
}
