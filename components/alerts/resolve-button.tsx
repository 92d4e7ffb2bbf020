"use client";

import { useState } from "react";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { WordsDialog } from "@/components/alerts/words-dialog";
import { Button } from "@/components/ui/button";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/words";

/** Says that an alert is dealt with, with a few words if there are any. */
export function ResolveButton({ alert }: { alert: Alert }) {
  const { resolve } = useAlertActs();
  const [isOpen, setOpen] = useState(false);
  const what = describeAlert(alert);
  return (
    <>
      <Button size="small" data-act="resolve" aria-label={`Resolve: ${what}`} onClick={() => setOpen(true)}>
        Resolve
      </Button>
      <WordsDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        verb="Resolve"
        title={what}
        label="What was done (may be left empty)"
        isRequired={false}
        onSay={(text) => resolve(alert, text || null)}
      />
    </>
  );
}
