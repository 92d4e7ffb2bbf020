"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { LiveAgo } from "@/components/clock/local-time";
import { ChangeList } from "@/components/connect/change-list";
import { KeyForm } from "@/components/connect/key-form";
import { ResourceList } from "@/components/connect/resource-list";
import { TestCall } from "@/components/connect/test-call";
import { FormMessage } from "@/components/form/field";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/panel";
import { type ConnectState, connectStateSchema } from "@/lib/connect/connection";
import { connectQuery } from "@/lib/connect/queries";
import type { SetupState } from "@/lib/credentials/setup";
import { sendJson } from "@/lib/http/client";

/** From Vapi's API key to the first call: the resources, their problems and the changes made. */
export function ConnectView({ setup }: { setup: SetupState }) {
  const { data: state, error, isFetching, refetch } = useQuery(connectQuery);
  if (!state) {
    return error ? (
      <div className="grid justify-items-start gap-3">
        <FormMessage kind="error">{`Not loaded: ${error.message}`}</FormMessage>
        <Button onClick={() => refetch()} disabled={isFetching}>
          Try again
        </Button>
      </div>
    ) : (
      <Skeleton className="h-96" />
    );
  }
  const hasKey = state.key.source !== null && state.key.isReadable;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      <Section
        title="Vapi API key"
        about="Earshot uses it to read your assistants, and changes only what you select below."
      >
        <KeyForm state={state.key} />
      </Section>
      {hasKey && (
        <Section
          title="Assistants, squads and numbers"
          about="What keeps each one off the board. Select, review the changes, apply. Every change can be undone."
        >
          <LastCheck state={state} />
          {state.failure ? (
            <FormMessage kind="error">{state.failure}</FormMessage>
          ) : (
            <ResourceList state={state} />
          )}
        </Section>
      )}
      {state.resources.some(({ isConnected }) => isConnected) && (
        <Section title="Test call">
          <TestCall initial={setup} resources={state.resources} />
        </Section>
      )}
      {state.changes.length > 0 && (
        <Section title="Changes made in Vapi" about="Restore resets exactly the fields that were changed.">
          <ChangeList changes={state.changes} />
        </Section>
      )}
    </div>
  );
}

/** Time of the last comparison with Vapi, and a button to repeat it now. */
function LastCheck({ state: { lastCheck, resources } }: { state: ConnectState }) {
  const client = useQueryClient();
  const { mutate, isPending, data } = useMutation({
    mutationFn: () => sendJson("POST", "/api/connect/check"),
    onSuccess: (sent) => {
      if (sent.ok) client.setQueryData(connectQuery.queryKey, connectStateSchema.parse(sent.value));
    },
  });
  const connected = resources.filter(({ isConnected }) => isConnected).length;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <p className="text-muted">
        {connected} connected, compared with Vapi every hour
        {lastCheck.checkedAt && (
          <>
            , last <LiveAgo at={lastCheck.checkedAt} />
          </>
        )}
        {lastCheck.failure && `: ${lastCheck.failure}`}
      </p>
      <Button size="small" onClick={() => mutate()} disabled={isPending}>
        {isPending ? "Checking…" : "Check now"}
      </Button>
      {data && !data.ok && <FormMessage kind="error">{data.why}</FormMessage>}
    </div>
  );
}
