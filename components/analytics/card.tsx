import { type ReactNode, useId } from "react";

interface CardProps {
  title: string;
  /** What can be done with it, on the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of the page. */
export function Card({ title, aside, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3 border-line border-y bg-surface p-3 sm:rounded-lg sm:border sm:p-4"
    >
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
