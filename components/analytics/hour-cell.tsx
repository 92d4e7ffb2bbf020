/** How many calls one hour of the week had; the more, the stronger its ground. */
export function HourCell({ calls, most }: { calls: number; most: number }) {
  const strength = Math.round((calls / most) * 100);
  return (
    <td className="p-px">
      <span
        className="block rounded-sm py-0.5 text-ink"
        style={{ background: `color-mix(in oklch, var(--accent-soft) ${strength}%, var(--bg))` }}
      >
        {calls === 0 ? <span className="text-muted">0</span> : calls}
      </span>
    </td>
  );
}
