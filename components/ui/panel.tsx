import { type ReactNode, useId } from "react";
import { classNames } from "@/components/ui/class-names";

interface PanelProps {
  title: string;
  /** A few words to the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled section of a page's side. */
export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-b px-3 py-3 last:border-b-0 sm:px-4">
      <div className="flex items-center justify-between gap-2 pb-2">
        <h2 id={id} className="font-semibold text-sm">
          {title}
        </h2>
        {aside && <div className="-my-1 text-muted text-xs">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

interface NoticeProps {
  icon: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
}

/** Fills an area that has nothing else to show: all quiet, not found, failed. */
export function Notice({ icon, title, children }: NoticeProps) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-3 px-6 py-16 text-center">
      <div className="grid size-12 place-items-center rounded-full bg-hover text-muted [&_svg]:size-5">
        {icon}
      </div>
      <h2 className="font-semibold text-base">{title}</h2>
      <div className="w-full text-muted">{children}</div>
    </div>
  );
}

/** Placeholder for something that is loading. `className` sets its size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("rounded-md bg-hover", className)} />;
}
