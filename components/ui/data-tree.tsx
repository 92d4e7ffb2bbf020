import { keyLabel } from "@/lib/format";

/** Data nested deeper than this is hardly meant for people; it is shown as JSON. */
const deepest = 6;

/** JSON in readable form: names and values, lists as lists, yes and no for true and false. */
export function DataTree({ value, depth = 0 }: { value: unknown; depth?: number }) {
  if (typeof value !== "object" || value === null) return <Scalar value={value} />;
  const entries = Object.entries(value);
  if (entries.length === 0) return <span className="text-muted">none</span>;
  if (depth >= deepest) return <span className="break-all font-mono text-xs">{JSON.stringify(value)}</span>;
  if (Array.isArray(value)) {
    return (
      <ol className="grid list-decimal grid-cols-[minmax(0,1fr)] gap-1 pl-5 marker:text-muted marker:text-xs">
        {value.map((entry: unknown, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries of a JSON list have no other key.
          <li key={index}>
            <DataTree value={entry} depth={depth + 1} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {entries.map(([key, entry]) => (
        <div
          key={key}
          className={
            isShort(entry)
              ? "flex items-baseline justify-between gap-4"
              : "grid grid-cols-[minmax(0,1fr)] gap-0.5"
          }
        >
          <dt className="min-w-0 wrap-anywhere text-muted" title={key}>
            {keyLabel(key)}
          </dt>
          <dd
            className={
              isShort(entry)
                ? "min-w-0 wrap-anywhere text-right"
                : "wrap-anywhere min-w-0 border-line border-l-2 pl-2.5"
            }
          >
            <DataTree value={entry} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Scalar({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === "") return <span className="text-muted">–</span>;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return <span className="whitespace-pre-wrap wrap-anywhere">{String(value)}</span>;
}

function isShort(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.keys(value).length === 0
    : String(value).length <= 32;
}
