import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  /** What it is for, in a sentence. */
  about?: ReactNode;
  children: ReactNode;
}

/** One subject of a settings page. */
export function Section({ title, about, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <div className="grid gap-1">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {about && <p className="max-w-prose text-muted">{about}</p>}
      </div>
      {children}
    </section>
  );
}
