import { type ReactNode, useId } from "react";

interface PanelProps {
  title: string;
  /** A few words on the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page's side. */
export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-b px-3 py-3 last:border-b-0 sm:px-4">
      <div className="flex items-baseline justify-between gap-2 pb-2">
        <h2 id={id} className="font-semibold text-sm">
          {title}
        </h2>
        {aside && <div className="text-muted text-xs">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
