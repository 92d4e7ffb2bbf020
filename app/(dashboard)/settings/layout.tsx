import { SettingsNav } from "@/components/settings/settings-nav";
import { settingsGroups } from "@/components/settings/settings-pages";
import { requireUser } from "@/lib/auth/server/session";

/** Layout of the settings. Links only to pages that the role may open; each page checks again. */
export default async function SettingsLayout({ children }: LayoutProps<"/settings">) {
  const { role } = await requireUser("account.own");
  return (
    <div className="grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 px-4 py-4 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <h1 className="font-semibold text-xl lg:col-span-2">Settings</h1>
      <SettingsNav groups={settingsGroups(role)} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
