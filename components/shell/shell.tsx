import Link from "next/link";
import type { ReactNode } from "react";
import { AlertCount } from "@/components/alerts/alert-parts";
import { Palette } from "@/components/palette/palette";
import { ConnectionBadge } from "@/components/realtime/connection-badge";
import { Brand } from "@/components/shell/brand";
import { DatabaseBanner } from "@/components/shell/database-banner";
import { NavLink } from "@/components/shell/nav-link";
import { shellPages } from "@/components/shell/shell-pages";
import type { Role } from "@/lib/auth/roles";

interface ShellProps {
  role: Role;
  userMenu: ReactNode;
  children: ReactNode;
}

/** The frame of every page: a thin bar above, the page below, which scrolls by itself. */
export function Shell({ role, userMenu, children }: ShellProps) {
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <header className="flex h-12 items-center gap-4 border-line border-b bg-surface px-3 sm:px-4">
        <Link href="/" className="rounded-md">
          <Brand />
        </Link>
        <nav
          aria-label="Pages"
          className="flex min-w-0 gap-1 overflow-x-auto max-md:pr-6 max-md:[mask-image:linear-gradient(to_right,black_calc(100%-1.5rem),transparent)]"
        >
          {shellPages(role).map(({ name, permission: _, ...where }) => (
            <NavLink key={name} {...where}>
              {name}
              {where.href === "/alerts" && <AlertCount />}
            </NavLink>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <ConnectionBadge />
          <Palette role={role} />
          {userMenu}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="relative min-h-0 overflow-y-auto outline-none">
        <DatabaseBanner />
        {children}
      </main>
    </div>
  );
}
