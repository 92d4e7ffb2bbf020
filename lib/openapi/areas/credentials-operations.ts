import {
  addressChangeSchema,
  newCredentialSchema,
  rotationSchema,
  shownCredentialSchema,
} from "@/lib/credentials/credential";
import { setupStateSchema } from "@/lib/credentials/setup";
import type { Operation } from "@/lib/openapi/operation";
import { listOf } from "@/lib/openapi/operation";

export const credentialsOperations: readonly Operation[] = [
  {
    path: "/api/credentials",
    method: "GET",
    summary: "All webhook credentials there ever were, without secrets",
    answer: listOf("credentials"),
  },
  {
    path: "/api/credentials",
    method: "POST",
    summary: "Make a webhook credential; its secret is shown this once",
    body: { schema: newCredentialSchema },
    answer: shownCredentialSchema,
    status: 201,
  },
  {
    path: "/api/credentials/[credentialId]",
    method: "DELETE",
    summary: "Revoke a webhook credential for good",
    answer: null,
    status: 204,
  },
  {
    path: "/api/credentials/[credentialId]/rotate",
    method: "POST",
    summary: "Make a credential's successor; the old one stays valid for `graceHours`",
    body: { schema: rotationSchema },
    answer: shownCredentialSchema,
    status: 201,
  },
  {
    path: "/api/credentials/addresses",
    method: "PUT",
    summary: "Set where deliveries are taken from",
    body: { schema: addressChangeSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/refusals",
    method: "GET",
    summary: "Deliveries that were not let in, the latest first",
    answer: listOf("refusals"),
  },
  {
    path: "/api/setup",
    method: "GET",
    summary: "The newest delivery that was let in, and those that were not, explained",
    answer: setupStateSchema,
  },
];
