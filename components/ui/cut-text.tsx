import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/**
 * A name or other text that people wrote, on one line, aligned like the text around it. What does not fit is cut off at the end of
 * the text: on the left in Arabic and Hebrew, which would otherwise lose their first words.
 */
export function CutText({ className, children }: { className?: string; children: ReactNode }) {
  return <bdi className={classNames("block truncate [text-align:match-parent]", className)}>{children}</bdi>;
}
