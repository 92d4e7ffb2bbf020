import { readFields } from "@/components/form/read-fields";
import type { ChannelKind } from "@/lib/notifications/channel";

/** A channel's form as the API takes it; the API says what is wrong with it. */
export function readChannelForm(kind: ChannelKind, form: FormData): object {
  const { name, url, to: addresses, afterMinutes } = readFields(form, "name", "url", "to", "afterMinutes");
  const shared = { kind, name, afterMinutes: Number(afterMinutes), quietHours: readQuietHours(form) };
  if (kind === "email") return { ...shared, to: addresses };
  return { ...shared, url: kind === "slack" && url === "" ? null : url };
}

function readQuietHours(form: FormData): object | null {
  const { from, until, zone } = readFields(form, "from", "until", "zone");
  if (from === "" && until === "") return null;
  return { from, to: until, zone: zone.trim() || Intl.DateTimeFormat().resolvedOptions().timeZone };
}
