"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import * as z from "zod";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { showError } from "@/components/ui/toast";
import { applyActionOptimistically } from "@/lib/alerts/acts";
import type { ActRequest, AlertActor } from "@/lib/alerts/alert";
import { sendJson } from "@/lib/http/client";
import { patchCachedIncident } from "@/lib/incidents/detail";
import { type Incident, incidentSchema, joinIncident } from "@/lib/incidents/incident";

const answerSchema = z.object({ incident: incidentSchema });

interface Asked {
  request: ActRequest;
  assignee: AlertActor | null;
}

/** What can be done about an incident. Shown at once; taken back, with the reason, should the server not agree. */
export function useIncidentAction(incident: Incident) {
  const client = useQueryClient();
  const { me, canAct } = useAlertsContext();
  const { id } = incident;
  const { mutate } = useMutation({
    mutationFn: async ({ request: { kind, ...body } }: Asked) => {
      const sent = await sendJson("POST", `/api/incidents/${id}/${kind}`, body);
      if (!sent.ok) throw new Error(sent.why);
      return answerSchema.parse(sent.value).incident;
    },
    scope: { id: "incident-actions" },
    onMutate: ({ request, assignee }) => {
      showError(null);
      const at = new Date().toISOString();
      patchCachedIncident(client, id, (known) =>
        applyActionOptimistically(known, { request, by: me, at, assignee }),
      );
    },
    onSuccess: (answered) => patchCachedIncident(client, id, (known) => joinIncident(answered, known)),
    onError: (error) => {
      showError(error.message);
      patchCachedIncident(client, id, (known) =>
        known.acts.version === incident.acts.version ? { ...known, acts: incident.acts } : known,
      );
      void client.invalidateQueries({ queryKey: ["incidents"] });
    },
  });
  return {
    me,
    canAct,
    perform: (request: ActRequest, assignee: AlertActor | null = null) => mutate({ request, assignee }),
  };
}
