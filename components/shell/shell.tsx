import type { ReactNode } from "react";
import { AlarmButton, SoundBlockedBar } from "@/components/alerts/alarm-button";
import { ControlHost } from "@/components/control/control-host";
import { Palette } from "@/components/palette/palette";
import { ConnectionBadge } from "@/components/realtime/connection-badge";
import { Brand } from "@/components/shell/brand";
import { DatabaseBanner } from "@/components/shell/database-banner";
import { BottomTabs, Sidebar } from "@/components/shell/navigation";
import { shellPages } from "@/components/shell/shell-pages";
import { Link } from "@/components/ui/link";
import type { Role } from "@/lib/auth/roles";

interface ShellProps {
  role: Role;
  userMenu: ReactNode;
  children: ReactNode;
}

/**
 * The frame of every page: navigation on the left (on a phone at the bottom), a thin bar above, and the page, which
 * scrolls on its own.
 */
export function Shell({ role, userMenu, children }: ShellProps) {
  const pages = shellPages(role);
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto_auto] md:grid-cols-[auto_minmax(0,1fr)] md:grid-rows-[auto_minmax(0,1fr)_auto]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <Sidebar pages={pages} />
      <header className="flex h-12 items-center gap-1 border-line border-b bg-surface px-3 sm:px-4">
        <Link href="/" className="rounded-md md:hidden">
          <Brand />
        </Link>
        <div className="ml-auto flex items-center gap-1">
          <ConnectionBadge />
          <AlarmButton />
          <Palette role={role} />
          {userMenu}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="relative min-h-0 overflow-y-auto outline-none">
        <DatabaseBanner />
        <SoundBlockedBar />
        {children}
      </main>
      <ControlHost />
      <BottomTabs pages={pages} />
    </div>
  );
}
