import * as z from "zod";
import { newEntrySchema } from "@/lib/directory/directory";
import type { Operation } from "@/lib/openapi/operation";
import { listOf } from "@/lib/openapi/operation";
import { endpointSchema } from "@/lib/tools/endpoints/endpoint";
import { mailSettingsSchema } from "@/lib/tools/mail-settings";
import { triedSchema, tryRequestSchema } from "@/lib/tools/tool";

export const toolsOperations: readonly Operation[] = [
  {
    path: "/api/tools",
    method: "GET",
    summary: "Tools with their JSON Schema, and how they did lately",
    answer: listOf("tools"),
  },
  {
    path: "/api/tools/[toolName]/run",
    method: "POST",
    summary: "Try a tool; a dry run unless `isDry` is false",
    body: { schema: tryRequestSchema },
    answer: triedSchema,
  },
  {
    path: "/api/tools/mail",
    method: "GET",
    summary: "Whom assistants may write to, and what",
    answer: mailSettingsSchema,
  },
  {
    path: "/api/tools/mail",
    method: "PUT",
    summary: "Set whom assistants may write to, and what",
    body: { schema: mailSettingsSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/tools/endpoints",
    method: "GET",
    summary: "Tools that call an address of yours; of secrets only the names",
    answer: listOf("endpoints"),
  },
  {
    path: "/api/tools/endpoints",
    method: "POST",
    summary: "Make such a tool",
    body: { schema: endpointSchema },
    answer: z.object({ id: z.uuid() }),
    status: 201,
  },
  {
    path: "/api/tools/endpoints/[endpointId]",
    method: "PUT",
    summary: "Set such a tool anew; without `secrets` they stay",
    body: { schema: endpointSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/tools/endpoints/[endpointId]",
    method: "DELETE",
    summary: "Delete such a tool",
    answer: null,
    status: 204,
  },
  {
    path: "/api/tools/directory",
    method: "GET",
    summary: "The teams a call can be transferred to",
    answer: listOf("entries"),
  },
  {
    path: "/api/tools/directory",
    method: "POST",
    summary: "Add a team",
    body: { schema: newEntrySchema },
    answer: z.object({ id: z.uuid() }),
    status: 201,
  },
  {
    path: "/api/tools/directory/[entryId]",
    method: "PUT",
    summary: "Set a team anew",
    body: { schema: newEntrySchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/tools/directory/[entryId]",
    method: "DELETE",
    summary: "Delete a team",
    answer: null,
    status: 204,
  },
];
