import { alertsOperations } from "@/lib/openapi/areas/alerts-operations";
import { callsOperations } from "@/lib/openapi/areas/calls-operations";
import { conversationsOperations } from "@/lib/openapi/areas/conversations-operations";
import { credentialsOperations } from "@/lib/openapi/areas/credentials-operations";
import { dialingOperations } from "@/lib/openapi/areas/dialing-operations";
import { eventsOperations } from "@/lib/openapi/areas/events-operations";
import { governanceOperations } from "@/lib/openapi/areas/governance-operations";
import { healthOperations } from "@/lib/openapi/areas/health-operations";
import { knowledgeOperations } from "@/lib/openapi/areas/knowledge-operations";
import { notificationsOperations } from "@/lib/openapi/areas/notifications-operations";
import { peopleOperations } from "@/lib/openapi/areas/people-operations";
import { reportsOperations } from "@/lib/openapi/areas/reports-operations";
import { routingOperations } from "@/lib/openapi/areas/routing-operations";
import { toolsOperations } from "@/lib/openapi/areas/tools-operations";
import type { Operation } from "@/lib/openapi/operation";

/** What of the HTTP API takes an API key, and our health. */
export const operations: readonly Operation[] = [
  ...callsOperations,
  ...alertsOperations,
  ...reportsOperations,
  ...conversationsOperations,
  ...eventsOperations,
  ...healthOperations,
  ...toolsOperations,
  ...routingOperations,
  ...knowledgeOperations,
  ...dialingOperations,
  ...notificationsOperations,
  ...peopleOperations,
  ...credentialsOperations,
  ...governanceOperations,
];
