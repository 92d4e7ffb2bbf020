import { type FieldChange, isRecord } from "@/lib/connect/patch";

/** A field a line, a list with commas between. */
function written(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((part) => typeof part === "string")) return value.join(", ");
  if (!isRecord(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${isRecord(part) ? JSON.stringify(part) : written(part)}`)
    .join("\n");
}

function Side({ value, label, look }: { value: unknown; label: string; look: string }) {
  return (
    <p className={`wrap-anywhere whitespace-pre-wrap rounded px-2 py-1 font-mono text-xs ${look}`} dir="auto">
      <span className="sr-only">{label}: </span>
      {value === undefined ? <span className="font-sans text-muted">not set</span> : written(value)}
    </p>
  );
}

/** Fields that change in Vapi, each before and after. A list says only what joins and what leaves. */
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
                {left.length > 0 && <Side value={left.join(", ")} label="Removed" look="bg-danger-soft" />}
                {joined.length > 0 && <Side value={joined.join(", ")} label="Added" look="bg-success-soft" />}
              </>
            ) : (
              <>
                <Side value={before} label="Before" look="bg-danger-soft" />
                <Side value={after} label="After" look="bg-success-soft" />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
