import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { fetchJson } from "@/lib/http/client";

const namedSchema = z.object({ id: z.string(), name: z.string() });

/** What Earshot can be told to use, by the names people know it by. */
export const resourcesSchema = z.object({
  assistants: z.array(namedSchema),
  squads: z.array(namedSchema),
  /** Named by the number itself, and what it is called in Vapi. */
  phoneNumbers: z.array(namedSchema),
  /** The same by the number itself, which calls and rules know them by. */
  numbers: z.array(namedSchema),
  /** Whether Vapi was asked; without it, these are the names of calls that have been here. */
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

/** How each is written where one is chosen: its name, with the beginning of its id where another has the same name. */
export function toChoices(known: readonly Named[]): { id: string; label: string }[] {
  const namesakes = (name: string) =>
    known.filter((each) => each.name.toLowerCase() === name.toLowerCase()).length;
  return known.map(({ id, name }) => ({
    id,
    label: namesakes(name) > 1 ? `${name} (${id.slice(0, 8)})` : name,
  }));
}

/** The id somebody means who chose or typed this: a name's, or what they wrote. */
export function toResourceId(text: string, known: readonly Named[]): string {
  const written = text.trim();
  const chosen = toChoices(known).find(({ label }) => label.toLowerCase() === written.toLowerCase());
  return chosen?.id ?? written;
}
