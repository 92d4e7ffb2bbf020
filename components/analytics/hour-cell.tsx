import Link from "next/link";
import type { toReportsHref } from "@/components/analytics/to-reports-href";

interface HourCellProps {
  calls: number;
  /** Of the busiest hour. */
  most: number;
  href: ReturnType<typeof toReportsHref>;
}

/** How many calls one hour of the week had; the more, the stronger its ground. */
export function HourCell({ calls, most, href }: HourCellProps) {
  const background = `color-mix(in oklch, var(--accent-soft) ${Math.round((calls / most) * 100)}%, var(--bg))`;
  if (calls === 0) {
    return (
      <td className="p-px">
        <span className="block rounded-sm py-0.5 text-muted" style={{ background }}>
          0
        </span>
      </td>
    );
  }
  return (
    <td className="p-px">
      <Link
        href={href}
        prefetch={false}
        className="block rounded-sm py-0.5 hover:underline"
        style={{ background }}
      >
        {calls}
      </Link>
    </td>
  );
}
