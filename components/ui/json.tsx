import { ScrollRegion } from "@/components/ui/scroll-region";

/** Indented JSON. */
export function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <ScrollRegion label={label} className="max-h-80 overflow-auto rounded bg-hover p-2">
      <pre className="whitespace-pre-wrap break-words font-mono text-xs">
        {JSON.stringify(value, null, 2)}
      </pre>
    </ScrollRegion>
  );
}
