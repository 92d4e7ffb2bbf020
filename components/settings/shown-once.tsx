import { CopyButton } from "@/components/ui/copy-button";

interface ShownOnceProps {
  /** "invitation link", "API key". */
  what: string;
  secret: string;
  /** What to do with it. */
  children: string;
}

/** A secret, shown only once. */
export function ShownOnce({ what, secret, children }: ShownOnceProps) {
  return (
    <div role="status" className="grid gap-2 rounded-md border border-accent bg-accent-soft px-3 py-2">
      <p>{children}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 select-all break-all font-mono text-xs">{secret}</code>
        <CopyButton text={secret} what={what} />
      </div>
    </div>
  );
}
