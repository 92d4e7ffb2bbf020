"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

/** New recovery codes; they are shown only once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = codes.join("\n");

  function download() {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "earshot-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <div role="status" className="grid gap-3 rounded-md border border-accent bg-accent-soft px-3 py-3">
      <p>
        Store these recovery codes where you can reach them without your phone. Each signs you in once. They
        are not shown again.
      </p>
      <div className="flex items-start gap-2">
        <ul aria-label="Recovery codes" className="grid flex-1 grid-cols-2 gap-x-4 gap-y-1 font-mono text-sm">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <CopyButton text={text} what="recovery codes" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={download}>
          <Download aria-hidden />
          Download
        </Button>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
