import type { Metadata } from "next";
import { ControlSettingsForm } from "@/components/control/control-settings-form";
import { db } from "@/db/client";
import { listEntries } from "@/db/queries/directory";
import { readSetting } from "@/db/queries/settings";
import { requireUser } from "@/lib/auth/server/session";
import { controlSetting } from "@/lib/control/control";

export const metadata: Metadata = { title: "Live control" };

export default async function ControlSettingsPage() {
  await requireUser("settings.manage");
  const [settings, entries] = await Promise.all([readSetting(db, controlSetting), listEntries(db)]);
  return <ControlSettingsForm settings={settings} teams={entries.map(({ id, team }) => ({ id, team }))} />;
}
