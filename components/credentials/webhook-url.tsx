import { CopyButton } from "@/components/ui/copy-button";

/** A URL to paste into Vapi. */
export function WebhookUrl({ url, children }: { url: string; children: string }) {
  return (
    <div className="grid gap-1.5">
      <p className="flex w-fit max-w-full items-center gap-1 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
        <code className="wrap-anywhere min-w-0 font-mono text-xs">{url}</code>
        <CopyButton text={url} what="the webhook URL" />
      </p>
      <p className="text-muted">{children}</p>
    </div>
  );
}
