"use client";

import { useQuery } from "@tanstack/react-query";
import { RefusalList } from "@/components/credentials/refusal-list";
import { SetupOutcome } from "@/components/credentials/setup-outcome";
import { FormMessage } from "@/components/form/form-message";
import type { SetupState } from "@/lib/credentials/setup";
import { judgeSetup, setupStateQuery } from "@/lib/credentials/setup";

/** Watches what arrives, and says which credential let it in or what to change. `initial`: as the page was made. */
export function SetupCheck({ initial }: { initial: SetupState }) {
  const { data, error } = useQuery({ ...setupStateQuery(), initialData: initial });
  const { outcome, refusals } = judgeSetup(data, Date.parse(initial.now));
  return (
    <div className="grid gap-4">
      <SetupOutcome outcome={outcome} admitted={data.admitted} />
      {error && <FormMessage kind="refused">{`Earshot cannot be asked: ${error.message}`}</FormMessage>}
      {refusals.length > 0 && <RefusalList refusals={refusals} />}
    </div>
  );
}
