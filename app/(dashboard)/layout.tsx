import { connection } from "next/server";
import { readAppearance } from "@/app/read-appearance";
import { AlertsProvider } from "@/components/alerts/alerts-provider";
import { DatabaseGone } from "@/components/shell/database-gone";
import { Providers } from "@/components/shell/providers";
import { Shell } from "@/components/shell/shell";
import { UserMenu } from "@/components/shell/user-menu";
import { getAlertRules } from "@/lib/alerts/server/derive";
import { can } from "@/lib/auth/permissions";
import { getPerson, requireUser } from "@/lib/auth/server/session";
import { readRealtimeSettings } from "@/lib/realtime/server/settings";

const isFine = () => false;
const isNotFound = () => true;

/** Layout of all pages behind sign-in. It checks that a person may see calls; each page checks its own permission. */
export default async function DashboardLayout({ children }: LayoutProps<"/">) {
  await connection();
  if (await getPerson().then(isFine, isNotFound)) return <DatabaseGone />;
  const { id, name, email, role } = await requireUser("calls.view");
  const { waitingSeconds, longSeconds } = await getAlertRules();
  return (
    <Providers
      role={role}
      realtime={readRealtimeSettings()}
      isMasked={!can(role, "numbers.view")}
      silenceLevels={{ waitingMs: waitingSeconds * 1_000, longMs: longSeconds * 1_000 }}
      renderedAt={Date.now()}
    >
      <AlertsProvider me={{ id, name }} canAct={can(role, "alerts.act")}>
        <Shell
          role={role}
          userMenu={<UserMenu name={name} email={email} appearance={await readAppearance()} />}
        >
          {children}
        </Shell>
      </AlertsProvider>
    </Providers>
  );
}
