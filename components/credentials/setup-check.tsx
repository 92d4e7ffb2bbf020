"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, Hourglass, type LucideIcon } from "lucide-react";
import { LiveAgo } from "@/components/clock/local-time";
import { RejectionList } from "@/components/credentials/rejection-list";
import { FormMessage } from "@/components/form/field";
import { diagnoseSetup, type SetupState, type SetupVerdict, setupStateQuery } from "@/lib/credentials/setup";

const outcomeStyles: Readonly<
  Record<SetupVerdict["outcome"], { icon: LucideIcon; style: string; title: string }>
> = {
  waiting: { icon: Hourglass, style: "border-line bg-surface", title: "Waiting for an event…" },
  working: { icon: CircleCheck, style: "border-success bg-success-soft", title: "Connected." },
  rejected: {
    icon: CircleX,
    style: "border-danger bg-danger-soft",
    title: "Requests arrive, but are rejected.",
  },
};

const next: Readonly<Record<SetupVerdict["outcome"], string>> = {
  waiting: "Make a test call, or message the assistant in Vapi's chat.",
  working: "",
  rejected: "See below for what arrived and what to change. This page updates once it works.",
};

/** Result of the setup check; screen readers announce changes. */
export function SetupOutcome({
  outcome,
  admitted,
}: {
  outcome: SetupVerdict["outcome"];
  admitted: SetupState["admitted"];
}) {
  const { icon: Icon, style, title } = outcomeStyles[outcome];
  return (
    <div className={`flex items-start gap-3 rounded-lg border px-4 py-4 ${style}`}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="grid gap-1">
        <p role="status" className="font-semibold text-base">
          {title}
        </p>
        {next[outcome] && <p>{next[outcome]}</p>}
        {admitted ? (
          <LastAdmitted admitted={admitted} />
        ) : (
          <p className="text-muted">No event has been accepted yet.</p>
        )}
      </div>
    </div>
  );
}

function LastAdmitted({ admitted }: { admitted: NonNullable<SetupState["admitted"]> }) {
  const { credential, usedAt, lastEventAt } = admitted;
  return (
    <p className="text-muted">
      Last event accepted with <strong className="font-medium text-ink">{credential}</strong>,{" "}
      <LiveAgo at={usedAt} />
      {lastEventAt && (
        <>
          ; newest event <LiveAgo at={lastEventAt} />
        </>
      )}
      .
    </p>
  );
}

/** Watches incoming requests, and shows which credential was accepted or what to change. `initial`: state at page load. */
export function SetupCheck({ initial }: { initial: SetupState }) {
  const { data, error } = useQuery({ ...setupStateQuery(), initialData: initial });
  const { outcome, rejections } = diagnoseSetup(data, Date.parse(initial.now));
  return (
    <div className="grid gap-4">
      <SetupOutcome outcome={outcome} admitted={data.admitted} />
      {error && <FormMessage kind="error">{`Could not check the setup: ${error.message}`}</FormMessage>}
      {rejections.length > 0 && <RejectionList rejections={rejections} />}
    </div>
  );
}
