"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ComposerFields } from "@/components/control/composer";
import { Buttons, Preview, SayFirst, useDialogOrder } from "@/components/control/dialog-parts";
import { TransferDialog } from "@/components/control/transfer-dialog";
import { FormMessage } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { controlStateQuery } from "@/lib/control/client/control-query";
import type { OpenDialog, Subject } from "@/lib/control/client/control-ui";

interface ControlDialogProps {
  dialog: OpenDialog;
  onClose: () => void;
}

/** Asks for an action's input and shows its effect before it is sent. */
export function ControlDialog({ dialog: { kind, subject, directoryId }, onClose }: ControlDialogProps) {
  switch (kind) {
    case "say":
    case "whisper":
      return (
        <DialogFrame
          title={`${kind === "say" ? "Say on" : "Whisper on"} the call of ${subject.title}`}
          onClose={onClose}
        >
          <ComposerFields subject={subject} hasEnded={false} initialMode={kind} onSent={onClose} />
        </DialogFrame>
      );
    case "transfer":
    case "take-over":
      return (
        <TransferDialog
          subject={subject}
          isTakeOver={kind === "take-over"}
          directoryId={directoryId}
          onClose={onClose}
        />
      );
    case "handoff":
      return <HandoffDialog subject={subject} onClose={onClose} />;
    case "end":
      return <EndDialog subject={subject} onClose={onClose} />;
  }
}

interface QuestionProps {
  subject: Subject;
  onClose: () => void;
}

function EndDialog({ subject, onClose }: QuestionProps) {
  const { form, isSending, send } = useDialogOrder(subject.callId, onClose);
  const [say, setSay] = useState("");
  const other = subject.other.toLowerCase();
  const words = say.trim();
  return (
    <DialogFrame title={`End the call of ${subject.title}?`} onClose={onClose}>
      <form
        ref={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void send({ action: "end", ...(words && { say: words }) });
        }}
      >
        <SayFirst value={say} onChange={setSay} />
        <Preview>
          {words
            ? `The ${other} hears “${words}”. Then the call ends.`
            : `The call ends at once. The ${other} hears nothing more.`}
        </Preview>
        <Buttons onClose={onClose}>
          <Button type="submit" variant="danger" disabled={isSending} className="max-sm:h-11">
            End call
          </Button>
        </Buttons>
      </form>
    </DialogFrame>
  );
}

function HandoffDialog({ subject, onClose }: QuestionProps) {
  const { form, isSending, send } = useDialogOrder(subject.callId, onClose);
  const { data, error } = useQuery(controlStateQuery(subject.callId));
  const assistants = data?.targets.assistants ?? [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = assistants.find(({ id }) => id === chosenId);
  return (
    <DialogFrame title={`Hand off the call of ${subject.title}`} onClose={onClose}>
      <form
        ref={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) void send({ action: "handoff", assistantId: chosen.id }, chosen.name);
        }}
      >
        {error && <FormMessage kind="error">{error.message}</FormMessage>}
        {data && assistants.length === 0 && (
          <p className="text-muted">No assistant has been seen in calls yet.</p>
        )}
        <fieldset className="grid max-h-64 gap-1 overflow-y-auto">
          <legend className="pb-1 font-medium text-sm">Assistant</legend>
          {assistants.map(({ id, name }) => (
            <label
              key={id}
              className="flex min-h-9 items-center gap-2 rounded-md px-2 hover:bg-hover has-checked:bg-accent-soft max-sm:min-h-11"
            >
              <input
                type="radio"
                name="assistant"
                checked={id === chosenId}
                onChange={() => setChosenId(id)}
                className="size-4 accent-accent"
              />
              <bdi className="wrap-anywhere">{name}</bdi>
            </label>
          ))}
        </fieldset>
        <Preview>
          {chosen
            ? `${chosen.name} takes over the call and knows the conversation so far.`
            : "Choose the assistant to take over the call."}
        </Preview>
        <Buttons onClose={onClose}>
          <Button type="submit" variant="primary" disabled={!chosen || isSending} className="max-sm:h-11">
            Hand off
          </Button>
        </Buttons>
      </form>
    </DialogFrame>
  );
}
