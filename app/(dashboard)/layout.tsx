import { readLook } from "@/app/read-look";
import { AccountMenuItems } from "@/components/auth/account-menu-items";
import { Providers } from "@/components/shell/providers";
import { Shell } from "@/components/shell/shell";
import { UserMenu } from "@/components/shell/user-menu";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/require-user";
import { readRealtimeSettings } from "@/lib/realtime/read-settings";

/** Everything behind sign-in. Each page asks for its own permission; this asks who it is. */
export default async function DashboardLayout({ children }: LayoutProps<"/">) {
  const { name, email, role } = await requireUser("calls.view");
  return (
    <Providers
      realtime={readRealtimeSettings()}
      isMasked={!can(role, "numbers.view")}
      renderedAt={Date.now()}
    >
      <Shell
        userMenu={
          <UserMenu name={name} email={email} look={await readLook()}>
            <AccountMenuItems />
          </UserMenu>
        }
      >
        {children}
      </Shell>
    </Providers>
  );
}
