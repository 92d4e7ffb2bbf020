import type { ReactNode } from "react";

interface NoticeProps {
  icon: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
}

/** A whole area that has nothing else to show: all quiet, not found, failed. */
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
