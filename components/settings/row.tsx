import type { ReactNode } from "react";

interface RowProps {
  title: ReactNode;
  /** A second, quieter line. */
  facts: ReactNode;
  /** What can be done. */
  actions?: ReactNode;
  /** Anything below: a problem, a link to copy. */
  children?: ReactNode;
}

/** An item of a list: title, facts and actions. */
export function Row({ title, facts, actions, children }: RowProps) {
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1">
          <div className="wrap-anywhere font-medium">{title}</div>
          <div className="wrap-anywhere text-muted text-xs">{facts}</div>
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </li>
  );
}

/** A short label next to a name. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <>
      {" "}
      <span className="ml-1 inline-block whitespace-nowrap rounded border border-line-strong px-1.5 py-0.5 align-middle font-normal text-muted text-xs first-letter:uppercase">
        {children}
      </span>
    </>
  );
}
