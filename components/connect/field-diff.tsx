import { type FieldChange, isRecord } from "@/lib/connect/patch";

/** Formats a value: one field per line with its path, lists separated by commas. */
function written(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((part) => typeof part === "string")) return value.join(", ");
  if (!isRecord(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, part]) =>
      isRecord(part) ? written(part).replaceAll(/^/gm, `${name}.`) : `${name}: ${written(part)}`,
    )
    .join("\n");
}

const signs = {
  old: { sign: "−", style: "bg-danger-soft" },
  new: { sign: "+", style: "bg-success-soft" },
} as const;

/** The old or the new value, marked by sign as well as colour. */
function Side({ value, label, side }: { value: unknown; label: string; side: keyof typeof signs }) {
  const { sign, style } = signs[side];
  return (
    <p className={`flex gap-2 rounded px-2 py-1 font-mono text-xs ${style}`}>
      <span className="sr-only">{label}: </span>
      <span aria-hidden className="select-none">
        {sign}
      </span>
      <span dir="auto" className="wrap-anywhere min-w-0 whitespace-pre-wrap">
        {value === undefined ? <span className="font-sans text-muted">not set</span> : written(value)}
      </span>
    </p>
  );
}

/** Fields that change in Vapi, before and after. A list shows only its additions and removals. */
export function FieldDiff({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <ul className="grid gap-2">
      {changes.map(({ path, before, after }) => {
        const isList = Array.isArray(before) && Array.isArray(after);
        const without = (list: unknown[], others: unknown[]) => list.filter((each) => !others.includes(each));
        const left = isList ? without(before, after) : [];
        const joined = isList ? without(after, before) : [];
        return (
          <li key={path} className="grid gap-1">
            <code className="wrap-anywhere font-mono text-muted text-xs">{path}</code>
            {isList ? (
              <>
                {left.length > 0 && <Side value={left.join(", ")} label="Removed" side="old" />}
                {joined.length > 0 && <Side value={joined.join(", ")} label="Added" side="new" />}
              </>
            ) : (
              <>
                <Side value={before} label="Before" side="old" />
                <Side value={after} label="After" side="new" />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
