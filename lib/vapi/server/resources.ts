import "server-only";
// Loaded up front, because a person waits for Vapi's response and should not wait for the SDK to load too.
import "@vapi-ai/server-sdk";
import { db } from "@/db/client";
import { listSeenResources } from "@/db/queries/calls/seen";
import { formatPhoneNumber } from "@/lib/format";
import { log } from "@/lib/log";
import { remembered } from "@/lib/remembered";
import type { Named, ResourceKind, Resources } from "@/lib/vapi/resources";
import { canAskVapi, createVapiClient } from "@/lib/vapi/server/client";

/** More than one page of Vapi's dashboard shows, and the most that Vapi lists at once. */
const most = 1_000;

type VapiResources = Omit<Resources, "isFromVapi">;

const ofVapi = remembered<VapiResources, null>({
  load: askVapi,
  freshMs: 60_000,
  timeoutMs: 10_000,
  maxWaitMs: 3_000,
  pauseMs: 2_000,
  fallback: () => null,
  onFailure: (cause) => log("warn", "assistants could not be listed from Vapi", { error: cause }),
});

async function askVapi(): Promise<VapiResources> {
  const vapi = await createVapiClient({ timeoutInSeconds: 10, maxRetries: 1 });
  const [assistants, squads, phoneNumbers] = await Promise.all([
    vapi.assistants.list({ limit: most }),
    vapi.squads.list({ limit: most }),
    vapi.phoneNumbers.list({ limit: most }),
  ]);
  return {
    assistants: assistants.map(({ id, name }) => ({ id, name: name || id })),
    squads: squads.map(({ id, name }) => ({ id, name: name || id })),
    phoneNumbers: phoneNumbers.map((each) => ({ id: each.id, name: numberLabel(each) || each.id })),
    numbers: phoneNumbers.flatMap((each) => {
      const number = numberOf(each);
      return number ? [{ id: number, name: numberLabel(each) }] : [];
    }),
  };
}

interface Numbered {
  name?: string | undefined;
  number?: string | undefined;
}

const numberOf = ({ number }: Numbered) => number;

function numberLabel({ name, number }: Numbered): string {
  return [number && formatPhoneNumber(number), name].filter(Boolean).join(" · ");
}

/** Lists everything that can be chosen by name: Vapi's resources, and those named in calls of the last months. */
export async function listResources(): Promise<Resources> {
  const [seen, known] = await Promise.all([
    listSeenResources(db),
    canAskVapi().then((can) => (can ? ofVapi.get() : null)),
  ]);
  const merge = (kind: keyof VapiResources) => {
    const all = new Map([...(seen[kind] ?? []), ...(known?.[kind] ?? [])].map((each) => [each.id, each]));
    return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
  };
  return {
    assistants: merge("assistants"),
    squads: merge("squads"),
    phoneNumbers: merge("phoneNumbers"),
    numbers: merge("numbers"),
    isFromVapi: known !== null,
  };
}

const singular = { assistants: "assistant", squads: "squad", phoneNumbers: "phone number" } as const;

/**
 * Returns why an id cannot be used, as a sentence; null if Vapi has it or cannot be asked. An id missing in the cached
 * list may be new, so Vapi is asked again.
 */
export async function explainUnknownId(kind: ResourceKind, id: string): Promise<string | null> {
  if (!(await canAskVapi())) return null;
  const has = (known: VapiResources | null) => !known || known[kind].some((each: Named) => each.id === id);
  if (has(await ofVapi.get())) return null;
  await ofVapi.refresh(3_000);
  if (has(ofVapi.known())) return null;
  return `Vapi has no ${singular[kind]} with the ID ${id}.`;
}
