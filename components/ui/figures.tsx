import type { ReactNode } from "react";

/** A list of names and values. Null values are left out. */
export function Figures({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {rows
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className="flex items-baseline justify-between gap-4">
            <dt className="whitespace-nowrap text-muted">{name}</dt>
            <dd className="min-w-0 truncate text-right">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
