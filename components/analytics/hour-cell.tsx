import Link from "next/link";
import type { toReportsHref } from "@/components/analytics/to-reports-href";

interface HourCellProps {
  calls: number;
  /** Of the busiest hour. */
  most: number;
  href: ReturnType<typeof toReportsHref>;
}

/** Of the accent, in per cent: what is written on it stays readable in both themes. */
const strongest = 30;

/** How many calls one hour of the week had; the more, the stronger its ground. */
export function HourCell({ calls, most, href }: HourCellProps) {
  const strength = Math.round((calls / most) * strongest);
  const background = `color-mix(in srgb, var(--accent) ${strength}%, var(--bg))`;
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
