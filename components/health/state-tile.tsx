import { CircleCheck, CircleHelp, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type TileState = "good" | "bad" | "unknown";

const stateStyles = {
  good: { Icon: CircleCheck, className: "text-success" },
  bad: { Icon: TriangleAlert, className: "text-danger" },
  unknown: { Icon: CircleHelp, className: "text-muted" },
} as const;

interface StateTileProps {
  title: string;
  state: TileState;
  /** The state in a word or a figure. */
  value: ReactNode;
  children?: ReactNode;
}

/** One subsystem and its state. */
export function StateTile({ title, state, value, children }: StateTileProps) {
  const { Icon, className } = stateStyles[state];
  return (
    <li className="grid content-start gap-1 rounded-lg border border-line bg-surface px-4 py-3">
      <span className="text-muted text-xs">{title}</span>
      <span className="flex items-center gap-2 font-medium">
        <Icon aria-hidden className={`size-4 shrink-0 ${className}`} />
        {value}
      </span>
      <span className="text-muted text-xs">{children}</span>
    </li>
  );
}
