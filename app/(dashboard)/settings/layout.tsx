import { SettingsNav } from "@/components/settings/settings-nav";
import { requireUser } from "@/lib/auth/server/session";

/** The frame of the settings. What is not for somebody's role is not offered; each page asks again. */
export default async function SettingsLayout({ children }: LayoutProps<"/settings">) {
  const { role } = await requireUser("account.own");
  return (
    <div className="mx-auto grid w-full max-w-5xl gap-6 px-4 py-6">
      <div className="grid gap-3">
        <h1 className="font-semibold text-xl">Settings</h1>
        <SettingsNav role={role} />
      </div>
      {children}
    </div>
  );
}
