import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";

const namedSchema = z.object({ id: z.string(), name: z.string() });

/** Assistants, squads and numbers that settings can refer to, with their names. */
export const resourcesSchema = z.object({
  assistants: z.array(namedSchema),
  squads: z.array(namedSchema),
  /** By Vapi's id, named by the number itself and its name in Vapi. */
  phoneNumbers: z.array(namedSchema),
  /** The same by the number itself, which identifies them in calls and rules. */
  numbers: z.array(namedSchema),
  /** Whether Vapi's list is included; without it, only resources of past calls are known. */
  isFromVapi: z.boolean(),
});

export type Resources = z.infer<typeof resourcesSchema>;
export type Named = z.infer<typeof namedSchema>;
export type ResourceKind = "assistants" | "squads" | "phoneNumbers";

/** Assistants, squads and numbers to choose from. */
export const resourcesQuery = queryOptions({
  queryKey: ["vapi", "resources"],
  queryFn: ({ signal }) => fetchJson("/api/vapi/resources", resourcesSchema, signal),
  staleTime: 60_000,
});

/** Returns a label for each: its name, plus the start of its id if another one has the same name. */
export function toChoices(known: readonly Named[]): { id: string; label: string }[] {
  const namesakes = (name: string) =>
    known.filter((each) => each.name.toLowerCase() === name.toLowerCase()).length;
  return known.map(({ id, name }) => ({
    id,
    label: namesakes(name) > 1 ? `${name} (${id.slice(0, 8)})` : name,
  }));
}

/** Returns the id for a chosen or typed text: that of a label, else the text itself. */
export function toResourceId(text: string, known: readonly Named[]): string {
  const written = text.trim();
  const chosen = toChoices(known).find(({ label }) => label.toLowerCase() === written.toLowerCase());
  return chosen?.id ?? written;
}
