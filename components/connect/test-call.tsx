"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, PhoneIncoming } from "lucide-react";
import { RejectionList } from "@/components/credentials/rejection-list";
import { FormMessage } from "@/components/form/field";
import { CopyButton } from "@/components/ui/copy-button";
import type { Connectable } from "@/lib/connect/connection";
import { diagnoseSetup, type SetupState, setupStateQuery } from "@/lib/credentials/setup";
import { formatPhoneNumber } from "@/lib/format";

/** More numbers than this are not readable at a glance. */
const mostNumbers = 3;

/**
 * Waits for the first call after a connection, and shows which credential was accepted or why requests were rejected.
 */
export function TestCall({ initial, resources }: { initial: SetupState; resources: readonly Connectable[] }) {
  const { data, error } = useQuery({ ...setupStateQuery(), initialData: initial });
  const { outcome, rejections } = diagnoseSetup(data, Date.parse(initial.now));
  const numbers = resources.flatMap(({ number }) => number ?? []);
  return (
    <div className="grid gap-4">
      <div className="flex items-start gap-3 rounded-lg border border-line bg-surface px-4 py-4">
        <Mark outcome={outcome} />
        <div className="grid gap-1">
          <p role="status" className="font-semibold text-base">
            {outcome === "waiting" && "Waiting for a call…"}
            {outcome === "rejected" && "An event arrived and was rejected."}
            {outcome === "working" &&
              `Event received, credential ${data.admitted?.credential ?? ""} matched.`}
          </p>
          {outcome !== "working" && <Numbers numbers={numbers} />}
        </div>
      </div>
      {error && <FormMessage kind="error">{`Out of date: ${error.message}`}</FormMessage>}
      {rejections.length > 0 && <RejectionList rejections={rejections} />}
    </div>
  );
}

function Mark({ outcome }: { outcome: "waiting" | "working" | "rejected" }) {
  if (outcome === "working")
    return <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />;
  if (outcome === "rejected") return <CircleX aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />;
  return <PhoneIncoming aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />;
}

function Numbers({ numbers }: { numbers: readonly string[] }) {
  if (numbers.length === 0) {
    return <p className="text-muted">Start a call in Vapi’s dashboard: Talk to Assistant.</p>;
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
      <span>Call your number:</span>
      {numbers.slice(0, mostNumbers).map((number) => (
        <span key={number} className="flex items-center">
          <a
            href={`tel:${number}`}
            className="inline-flex min-h-8 items-center font-medium text-ink underline pointer-coarse:min-h-11"
          >
            {formatPhoneNumber(number)}
          </a>
          <CopyButton text={number} what={`the number ${formatPhoneNumber(number)}`} />
        </span>
      ))}
    </div>
  );
}
