"use client";

import { usePathname } from "next/navigation";
import type { SettingsGroup } from "@/components/settings/settings-pages";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

/** On a phone the row shows only some of the names; the open one must be among them. */
const showWhole = (link: HTMLElement | null) => link?.scrollIntoView({ inline: "center", block: "nearest" });

/** The settings pages in groups: on a phone a row that scrolls sideways, otherwise a column that scrolls on its own. */
export function SettingsNav({ groups }: { groups: readonly SettingsGroup[] }) {
  const path = usePathname();
  return (
    <nav
      aria-label="Settings"
      className="flex min-w-0 gap-1 overflow-x-auto max-lg:-mx-4 max-lg:px-4 lg:sticky lg:top-4 lg:grid lg:max-h-[calc(100dvh-7.5rem)] lg:content-start lg:gap-3.5 lg:self-start lg:overflow-y-auto"
    >
      {groups.map(({ name, pages }) => (
        <div key={name} className="flex shrink-0 gap-1 lg:grid lg:gap-0.5">
          <p className="px-2.5 pb-1 font-medium text-muted text-xs max-lg:hidden">{name}</p>
          {pages.map((page) => {
            const isHere = path === page.href || path.startsWith(`${page.href}/`);
            const isOpen = page.href === "/settings" ? path === page.href : isHere;
            return (
              <Link
                key={page.href}
                ref={isOpen ? showWhole : undefined}
                href={page.href}
                aria-current={isOpen ? "page" : undefined}
                className={classNames(
                  "flex h-8 shrink-0 items-center whitespace-nowrap rounded-md px-2.5 font-medium transition-colors",
                  isOpen ? "bg-hover text-ink" : "text-muted hover:bg-hover hover:text-ink",
                )}
              >
                {page.name}
              </Link>
            );
          })}
        </div>
      ))}
    </nav>
  );
}
