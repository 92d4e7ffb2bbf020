"use client";

import { type QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { showError } from "@/components/ui/toast";
import { applyActionOptimistically } from "@/lib/alerts/actions";
import type { ActionRequest, ActionsState, AlertActor } from "@/lib/alerts/alert";
import { sendJson } from "@/lib/http/client";
import { serverTime } from "@/lib/http/server-time";

interface Asked {
  request: ActionRequest;
  assignee: AlertActor | null;
  /** The state it was asked in, to go back to. */
  before: ActionsState;
}

/** Something people act on: its API path and its place in the cache. */
interface ActionTarget<T> {
  /** The kind of action is appended. */
  path: string;
  acts: ActionsState;
  readAnswer: (answer: unknown) => T;
  /** Merges the server's response with the cached state, keeping the newer part of each. */
  join: (answered: T, known: T) => T;
  /** Changes it wherever the query cache holds it. */
  patch: (client: QueryClient, change: (known: T) => T) => void;
  /** Refetched if the server rejects the action. */
  queryKey: QueryKey;
}

/** Performs an action. Applied optimistically; rolled back with the reason if the server rejects it. */
export function useAction<T extends { acts: ActionsState }>({
  path,
  acts,
  readAnswer,
  join,
  patch,
  queryKey,
}: ActionTarget<T>): (request: ActionRequest, assignee?: AlertActor | null) => void {
  const client = useQueryClient();
  const { me } = useAlertsContext();
  const { mutate } = useMutation({
    mutationFn: async ({ request: { kind, ...body } }: Asked) => {
      const sent = await sendJson("POST", `${path}/${kind}`, body);
      if (!sent.ok) throw new Error(sent.why);
      return readAnswer(sent.value);
    },
    // In order, one after the other.
    scope: { id: path },
    onMutate: ({ request, assignee }) => {
      showError(null);
      const at = new Date(serverTime.now()).toISOString();
      patch(client, (known) => applyActionOptimistically(known, { request, by: me, at, assignee }));
    },
    onSuccess: (answered) => patch(client, (known) => join(answered, known)),
    onError: (error, { before }) => {
      showError(error.message);
      patch(client, (known) => (known.acts.version === before.version ? { ...known, acts: before } : known));
      void client.invalidateQueries({ queryKey });
    },
  });
  return (request, assignee = null) => mutate({ request, assignee, before: acts });
}
