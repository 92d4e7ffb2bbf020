"use client";

import { useState } from "react";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { WordsDialog } from "@/components/alerts/words-dialog";
import { Button } from "@/components/ui/button";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/words";

/** Leaves a note on an alert, also on one that is over. */
export function NoteButton({ alert }: { alert: Alert }) {
  const { note } = useAlertActs();
  const [isOpen, setOpen] = useState(false);
  const what = describeAlert(alert);
  return (
    <>
      <Button look="quiet" size="small" aria-label={`Note: ${what}`} onClick={() => setOpen(true)}>
        Note
      </Button>
      <WordsDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        verb="Keep"
        title={what}
        label="Note"
        isRequired
        onSay={(text) => note(alert, text)}
      />
    </>
  );
}
