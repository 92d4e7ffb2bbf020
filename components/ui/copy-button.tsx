"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";

const thanksMs = 1_500;

/** Copies a text, or the text a function returns on click. `what`: its name, as in "Copy call id". */
export function CopyButton({ text, what }: { text: string | (() => string); what: string }) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  async function copy() {
    setOutcome(
      await navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
        () => "copied" as const,
        () => "failed" as const,
      ),
    );
    setTimeout(setOutcome, thanksMs, null);
  }

  const label =
    outcome === "copied" ? "Copied" : outcome === "failed" ? "The browser blocked copying" : `Copy ${what}`;
  return (
    <IconButton label={label} isSmall onClick={copy}>
      {outcome === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
