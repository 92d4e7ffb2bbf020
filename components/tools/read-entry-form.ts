import { readFields } from "@/components/form/read-fields";
import { parseHours } from "@/lib/directory/directory";

/** A team's form as the API takes it, or a sentence where its hours cannot be read. */
export function readEntryForm(form: FormData): { entry: object } | { mistake: string } {
  const fields = readFields(
    form,
    "team",
    "address",
    "extension",
    "message",
    "closedMessage",
    "hours",
    "zone",
  );
  const orNull = (text: string) => text.trim() || null;
  const zone = fields.zone.trim() || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const hours = fields.hours.trim() ? parseHours(fields.hours, zone) : null;
  if (typeof hours === "string") return { mistake: hours };
  const address = fields.address.trim();
  return {
    entry: {
      kind: /^sips?:/.test(address) ? "sip" : "number",
      team: fields.team,
      address,
      extension: orNull(fields.extension),
      message: orNull(fields.message),
      closedMessage: orNull(fields.closedMessage),
      hours,
    },
  };
}
