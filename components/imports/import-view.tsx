"use client";

import { useQuery } from "@tanstack/react-query";
import { FormMessage } from "@/components/form/field";
import { ImportForm } from "@/components/imports/import-form";
import { ImportRow } from "@/components/imports/import-row";
import { Rows, Section } from "@/components/settings/section";
import { Link } from "@/components/ui/link";
import { importsQuery } from "@/lib/imports/queries";

/** Imports of past calls from Vapi. `today`: a day in UTC. */
export function ImportView({ today }: { today: string }) {
  const { data, error } = useQuery(importsQuery);
  const jobs = data?.jobs ?? [];
  const isUnderway = jobs.some(({ state }) => state === "running" || state === "paused");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      <Section
        title="Import calls"
        about="Adds past calls from Vapi to the reports, with transcript, cost and evaluation. Vapi keeps 14 days on most plans. Imported calls raise no alerts and send no notifications. Existing calls are not changed, and deleted calls stay deleted."
      >
        {data && !data.canAsk ? (
          <p>
            Vapi’s private API key is missing.{" "}
            <Link href="/settings/assistants" className="underline">
              Add it under Assistants
            </Link>
          </p>
        ) : (
          !isUnderway && <ImportForm today={today} />
        )}
        {error && <FormMessage kind="error">{`Out of date: ${error.message}`}</FormMessage>}
      </Section>
      <Section title="Imports">
        <Rows label="Imports" empty="No imports yet.">
          {jobs.map((job) => (
            <ImportRow key={job.id} job={job} />
          ))}
        </Rows>
      </Section>
    </div>
  );
}
