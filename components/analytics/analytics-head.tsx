"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

const pages: readonly { href: Route; name: string }[] = [
  { href: "/analytics", name: "Overview" },
  { href: "/analytics/providers", name: "Providers" },
];

/** The header of each analytics page: title, filters, and links to the other pages. */
export function AnalyticsHead({ about, children }: { about: ReactNode; children?: ReactNode }) {
  const path = usePathname();
  return (
    <div className="grid gap-3 px-3 sm:px-0">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="font-semibold text-xl">Analytics</h1>
          {about}
        </div>
        {children}
      </div>
      <nav aria-label="Analytics" className="flex gap-4 border-line border-b">
        {pages.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            aria-current={path === href ? "page" : undefined}
            className={classNames(
              "flex h-9 items-center border-b-2 font-medium text-sm max-sm:h-11",
              path === href ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {name}
          </Link>
        ))}
      </nav>
    </div>
  );
}
