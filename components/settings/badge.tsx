import type { ReactNode } from "react";

/** A word about something, beside its name. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="ml-2 rounded border border-line-strong px-1.5 py-0.5 align-middle font-normal text-muted text-xs">
      {children}
    </span>
  );
}
