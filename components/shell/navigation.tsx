"use client";

import {
  Bell,
  ChartNoAxesColumn,
  FileText,
  type LucideIcon,
  MessagesSquare,
  MoreHorizontal,
  PanelLeftClose,
  PanelLeftOpen,
  PhoneCall,
  ScrollText,
  Settings,
} from "lucide-react";
import type { ReactNode } from "react";
import { AlertCount } from "@/components/alerts/alert-count";
import { saveAppearance } from "@/components/appearance/save-appearance";
import { Brand } from "@/components/shell/brand";
import { MoreButton } from "@/components/shell/more-button";
import { NavLink } from "@/components/shell/nav-link";
import type { ShellPage, ShellPageName } from "@/components/shell/shell-pages";
import { Link } from "@/components/ui/link";

interface SidebarButtonProps {
  label: string;
  next: "wide" | "narrow";
  className: string;
  /** Its icon. */
  children: ReactNode;
}

/** Widens or narrows the sidebar, and saves that in this browser. */
export function SidebarButton({ label, next, className, children }: SidebarButtonProps) {
  return (
    <button
      type="button"
      title={label}
      onClick={() => saveAppearance({ sidebar: next })}
      className={className}
    >
      {children}
      <span className="sr-only">{label}</span>
    </button>
  );
}

const icons: Readonly<Record<ShellPageName, LucideIcon>> = {
  Live: PhoneCall,
  Alerts: Bell,
  Reports: FileText,
  Analytics: ChartNoAxesColumn,
  Conversations: MessagesSquare,
  Events: ScrollText,
  Settings,
};

const rowStyle =
  "relative flex h-9 items-center gap-3 rounded-md px-2.5 font-medium text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink [&_svg]:size-4.5 [&_svg]:shrink-0";

/** Navigation on the left, with labels or icons only. On a phone, BottomTabs replaces it. */
export function Sidebar({ pages }: { pages: readonly ShellPage[] }) {
  return (
    <nav
      aria-label="Pages"
      className="row-span-3 flex narrow:w-14 w-52 flex-col border-line border-r bg-surface max-md:hidden"
    >
      <Link href="/" className="flex h-12 shrink-0 items-center overflow-hidden px-4">
        <Brand nameClassName="narrow:sr-only" />
      </Link>
      <div className="grid gap-0.5 overflow-y-auto px-2 py-2">
        {pages.map(({ name, href, prefix }) => {
          const Icon = icons[name];
          return (
            <NavLink key={name} href={href} prefix={prefix} title={name} className={rowStyle}>
              <Icon aria-hidden />
              <span className="narrow:sr-only grow">{name}</span>
              {name === "Alerts" && (
                <span className="narrow:absolute narrow:-top-1 narrow:-right-1">
                  <AlertCount />
                </span>
              )}
            </NavLink>
          );
        })}
      </div>
      <div className="mt-auto p-2">
        <SidebarButton label="Collapse sidebar" next="narrow" className={`${rowStyle} w-full narrow:hidden`}>
          <PanelLeftClose aria-hidden />
        </SidebarButton>
        <SidebarButton label="Expand sidebar" next="wide" className={`${rowStyle} narrow:flex hidden w-full`}>
          <PanelLeftOpen aria-hidden />
        </SidebarButton>
      </div>
    </nav>
  );
}

/** Number of pages with their own tab on a phone; the others are under More. */
const tabCount = 3;

const tabStyle =
  "relative grid h-14 content-center justify-items-center gap-0.5 font-medium text-muted text-xs outline-offset-[-3px] aria-[current=page]:text-ink [&>svg]:size-5";

/** Navigation at the bottom of a phone's screen, within reach of a thumb. */
export function BottomTabs({ pages }: { pages: readonly ShellPage[] }) {
  const rest = pages.slice(tabCount).map((page) => {
    const Icon = icons[page.name];
    return { ...page, icon: <Icon aria-hidden /> };
  });
  return (
    <nav
      aria-label="Pages"
      className="grid grid-cols-4 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {pages.slice(0, tabCount).map(({ name, href, prefix }) => {
        const Icon = icons[name];
        return (
          <NavLink key={name} href={href} prefix={prefix} className={tabStyle}>
            <Icon aria-hidden />
            {name}
            {name === "Alerts" && (
              <span className="absolute top-1 left-1/2 ml-1">
                <AlertCount />
              </span>
            )}
          </NavLink>
        );
      })}
      <MoreButton pages={rest} className={tabStyle}>
        <MoreHorizontal aria-hidden />
        More
      </MoreButton>
    </nav>
  );
}
