import { z } from "zod";

const text = z.string().min(1).nullish().catch(null);

const destinationSchema = z
  .looseObject({
    number: text,
    extension: text,
    sipUri: text,
    assistantName: text,
    assistantId: text,
    squadId: text,
  })
  .nullish()
  .catch(null);

/** Where a call goes, in one short text: the number, SIP address, assistant or squad of any of Vapi's destinations. */
export function nameDestination(destination: unknown): string | null {
  const known = destinationSchema.parse(destination);
  if (!known) return null;
  if (known.number) return known.extension ? `${known.number} ext. ${known.extension}` : known.number;
  return known.sipUri ?? known.assistantName ?? known.assistantId ?? known.squadId ?? null;
}
