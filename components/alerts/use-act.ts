"use client";

import { type QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { showError } from "@/components/ui/toast";
import { applyActionOptimistically } from "@/lib/alerts/acts";
import type { ActRequest, ActsState, AlertActor } from "@/lib/alerts/alert";
import { sendJson } from "@/lib/http/client";

interface Asked {
  request: ActRequest;
  assignee: AlertActor | null;
}

/** How something people act on is reached, and where it is cached. */
interface ActTarget<T> {
  /** The action's kind follows it. */
  path: string;
  acts: ActsState;
  readAnswer: (answer: unknown) => T;
  /** Of what the server answered and what is shown, the newer of each. */
  join: (answered: T, known: T) => T;
  /** Changes it wherever the query cache holds it. */
  patch: (client: QueryClient, change: (known: T) => T) => void;
  /** What is fetched anew should the server not agree. */
  queryKey: QueryKey;
}

/** What can be done about it. Shown at once; taken back, with the reason, should the server not agree. */
export function useAct<T extends { acts: ActsState }>({
  path,
  acts,
  readAnswer,
  join,
  patch,
  queryKey,
}: ActTarget<T>): (request: ActRequest, assignee?: AlertActor | null) => void {
  const client = useQueryClient();
  const { me } = useAlertsContext();
  const { mutate } = useMutation({
    mutationFn: async ({ request: { kind, ...body } }: Asked) => {
      const sent = await sendJson("POST", `${path}/${kind}`, body);
      if (!sent.ok) throw new Error(sent.why);
      return readAnswer(sent.value);
    },
    // One after the other, in the order they were done.
    scope: { id: path },
    onMutate: ({ request, assignee }) => {
      showError(null);
      const at = new Date().toISOString();
      patch(client, (known) => applyActionOptimistically(known, { request, by: me, at, assignee }));
    },
    onSuccess: (answered) => patch(client, (known) => join(answered, known)),
    onError: (error) => {
      showError(error.message);
      patch(client, (known) => (known.acts.version === acts.version ? { ...known, acts } : known));
      void client.invalidateQueries({ queryKey });
    },
  });
  return (request, assignee = null) => mutate({ request, assignee });
}
