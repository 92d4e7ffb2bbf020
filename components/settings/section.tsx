import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  /** What it is for, in a sentence. */
  about?: ReactNode;
  children: ReactNode;
}

/** A titled section of a settings page. */
export function Section({ title, about, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-4">
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

/** A list of items with their actions. `empty`: shown if there are none. */
export function Rows({ label, empty, children }: { label: string; empty: string; children: ReactNode[] }) {
  if (children.length === 0) {
    return (
      <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted">{empty}</p>
    );
  }
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-lg border border-line bg-surface">
      {children}
    </ul>
  );
}
