"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Buttons, Preview, SayFirst, useDialogOrder } from "@/components/control/dialog-parts";
import { Field, FormMessage } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { Skeleton } from "@/components/ui/panel";
import { controlStateQuery } from "@/lib/control/client/control-query";
import type { Subject } from "@/lib/control/client/control-ui";
import { type ControlState, type TransferTarget, transferTargetSchema } from "@/lib/control/control";
import { formatPhoneNumber } from "@/lib/format";
import { sendJson } from "@/lib/http/client";

interface TransferDialogProps {
  subject: Subject;
  /** Whether it goes to the operator's own phone. */
  isTakeOver: boolean;
  /** The team selected at first. */
  directoryId?: string | undefined;
  onClose: () => void;
}

/** Transfers a call to a team, a number, a SIP address or the operator's own phone; shows first what the caller will hear. */
export function TransferDialog({ subject, isTakeOver, directoryId, onClose }: TransferDialogProps) {
  const { data, error } = useQuery(controlStateQuery(subject.callId));
  const title = isTakeOver
    ? `Take over the call of ${subject.title}`
    : `Transfer the call of ${subject.title}`;
  return (
    <DialogFrame title={title} onClose={onClose}>
      {error && <FormMessage kind="error">{error.message}</FormMessage>}
      {data ? (
        <TransferForm
          subject={subject}
          state={data}
          initial={isTakeOver ? "me" : (directoryId ?? firstOpen(data))}
          isTakeOver={isTakeOver}
          onClose={onClose}
        />
      ) : (
        !error && <Skeleton className="h-40" />
      )}
    </DialogFrame>
  );
}

const firstOpen = ({ targets }: ControlState) =>
  targets.directory.find(({ isOpen }) => isOpen)?.id ?? "other";

interface TransferFormProps {
  subject: Subject;
  state: ControlState;
  /** "me", "other" or a team's ID. */
  initial: string;
  isTakeOver: boolean;
  onClose: () => void;
}

function TransferForm({ subject, state, initial, isTakeOver, onClose }: TransferFormProps) {
  const { directory, me } = state.targets;
  const client = useQueryClient();
  const { form, isSending, send } = useDialogOrder(subject.callId, onClose);
  const [choice, setChoice] = useState(initial);
  const [address, setAddress] = useState("");
  const [ownNumber, setOwnNumber] = useState(me ?? "");
  const [say, setSay] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const other = subject.other.toLowerCase();
  const teams = directory.toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen));
  const team = directory.find(({ id }) => id === choice);
  const words = say.trim();
  const needsNumber = choice === "me" && me === null;

  async function transfer() {
    setProblem(null);
    const target = toTarget(choice, address);
    if (typeof target === "string") {
      setProblem(target);
      return;
    }
    if (needsNumber) {
      const kept = await sendJson("PUT", "/api/account/number", { number: toE164(ownNumber) });
      if (!kept.ok) {
        setProblem(kept.why);
        return;
      }
      void client.invalidateQueries({ queryKey: ["control", "state"] });
    }
    const label = team?.team ?? (choice === "me" ? "their own phone" : address.trim());
    await send({ action: "transfer", to: target, ...(words && { say: words }) }, label);
  }

  return (
    <form
      ref={form}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void transfer();
      }}
    >
      {!isTakeOver && (
        <fieldset className="grid gap-1">
          <legend className="pb-1 font-medium text-sm">To</legend>
          <div className="grid max-h-56 gap-1 overflow-y-auto">
            {teams.map(({ id, team: name, address: at, isOpen, hours }) => (
              <Target key={id} value={id} choice={choice} onChoose={setChoice} isDisabled={!isOpen}>
                <span className="min-w-0">
                  <bdi className="wrap-anywhere font-medium">{name}</bdi>
                  <span className="block text-muted text-xs">
                    {isOpen ? "Open now" : "Closed now"} · {hours ?? "always open"} · {at}
                  </span>
                </span>
              </Target>
            ))}
          </div>
          <Target value="other" choice={choice} onChoose={setChoice}>
            A number or SIP address
          </Target>
          <Target value="me" choice={choice} onChoose={setChoice}>
            Take over: my own number {me && <span className="text-muted">{formatPhoneNumber(me)}</span>}
          </Target>
        </fieldset>
      )}
      {choice === "other" && (
        <Field
          label="Number or SIP address"
          value={address}
          onChange={({ target }) => setAddress(target.value)}
          autoComplete="off"
          placeholder="+15550100123"
          required
        />
      )}
      {needsNumber && (
        <Field
          label="My own number"
          hint="Asked once and saved to your account. Change it under Settings → Account."
          type="tel"
          value={ownNumber}
          onChange={({ target }) => setOwnNumber(target.value)}
          autoComplete="tel"
          placeholder="+15550100123"
          required
        />
      )}
      <SayFirst value={say} onChange={setSay} />
      <Preview>
        {words
          ? `The ${other} hears “${words}”.`
          : team
            ? `The ${other} hears the line set for ${team.team} in the directory, if there is one.`
            : `The ${other} hears no line first.`}{" "}
        {describeRing(choice, team?.team, address.trim(), me)}
      </Preview>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Buttons onClose={onClose}>
        <Button
          type="submit"
          variant="primary"
          disabled={isSending || (team !== undefined && !team.isOpen)}
          className="max-sm:h-11"
        >
          {choice === "me" ? "Take over" : "Transfer"}
        </Button>
      </Buttons>
    </form>
  );
}

interface TargetProps {
  value: string;
  choice: string;
  isDisabled?: boolean;
  onChoose: (value: string) => void;
  children: ReactNode;
}

function Target({ value, choice, isDisabled = false, onChoose, children }: TargetProps) {
  return (
    <label className="flex min-h-9 items-center gap-2 rounded-md px-2 py-1 hover:bg-hover has-checked:bg-accent-soft has-disabled:text-muted max-sm:min-h-11">
      <input
        type="radio"
        name="target"
        checked={value === choice}
        disabled={isDisabled}
        onChange={() => onChoose(value)}
        className="size-4 shrink-0 accent-accent"
      />
      {children}
    </label>
  );
}

function describeRing(choice: string, team: string | undefined, address: string, me: string | null): string {
  if (choice === "me") return `Then your phone rings${me === null ? "" : ` at ${formatPhoneNumber(me)}`}.`;
  return `Then ${team ?? (address || "that number")} rings, and the assistant leaves the call.`;
}

/** Numbers are typed with spaces, dots and brackets. */
const toE164 = (text: string) => text.replace(/[\s().-]/g, "");

/** Returns the transfer target, or an error message. */
function toTarget(choice: string, address: string): TransferTarget | string {
  if (choice === "me") return { me: true };
  if (choice !== "other") return { directoryId: choice };
  const text = address.trim();
  const isSip = /^sips?:/.test(text);
  const target = isSip ? { sipUri: text } : { number: toE164(text) };
  if (transferTargetSchema.safeParse(target).success) return target;
  return isSip
    ? "Enter a SIP address, such as sip:billing@example.com."
    : "Enter the number with its country code, such as +15550100123.";
}
