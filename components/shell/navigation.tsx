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
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef, useState } from "react";
import { AlertCount } from "@/components/alerts/alert-parts";
import { saveLook } from "@/components/look/save-look";
import { Brand } from "@/components/shell/brand";
import type { ShellPage, ShellPageName } from "@/components/shell/shell-pages";
import { classNames } from "@/components/ui/class-names";

/** Loaded when it is first wanted, not with every page. */
const loadMore = () => import("@/components/shell/more-menu").then((module) => module.MoreMenu);
const MoreMenu = dynamic(loadMore);

const icons: Readonly<Record<ShellPageName, LucideIcon>> = {
  Live: PhoneCall,
  Alerts: Bell,
  Reports: FileText,
  Analytics: ChartNoAxesColumn,
  Conversations: MessagesSquare,
  Events: ScrollText,
  Settings,
};

function isCurrentPage({ href, prefix }: ShellPage, path: string): boolean {
  return path === href || (prefix !== undefined && path.startsWith(prefix));
}

/** The pages on the left, with words or as icons alone. On a phone BottomTabs stands in its place. */
export function Sidebar({ pages }: { pages: readonly ShellPage[] }) {
  const path = usePathname();
  return (
    <nav
      aria-label="Pages"
      className="row-span-2 flex narrow:w-14 w-52 flex-col border-line border-r bg-surface max-md:hidden"
    >
      <Link href="/" className="flex h-12 shrink-0 items-center overflow-hidden narrow:px-4 px-4">
        <Brand nameClassName="narrow:sr-only" />
      </Link>
      <div className="grid gap-0.5 overflow-y-auto px-2 py-2">
        {pages.map((page) => (
          <SidebarLink key={page.name} page={page} isHere={isCurrentPage(page, path)} />
        ))}
      </div>
      <div className="mt-auto p-2">
        <SidebarButton
          Icon={PanelLeftClose}
          label="Collapse sidebar"
          next="narrow"
          className="narrow:hidden"
        />
        <SidebarButton
          Icon={PanelLeftOpen}
          label="Expand sidebar"
          next="wide"
          className="narrow:flex hidden"
        />
      </div>
    </nav>
  );
}

const rowStyle =
  "relative flex h-9 items-center gap-3 rounded-md px-2.5 font-medium transition-colors [&_svg]:size-4.5 [&_svg]:shrink-0";

function SidebarLink({ page, isHere }: { page: ShellPage; isHere: boolean }) {
  const Icon = icons[page.name];
  return (
    <Link
      href={page.href}
      title={page.name}
      aria-current={isHere ? "page" : undefined}
      className={classNames(
        rowStyle,
        isHere ? "bg-hover text-ink" : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <Icon aria-hidden />
      <span className="narrow:sr-only grow">{page.name}</span>
      {page.name === "Alerts" && (
        <span className="narrow:absolute narrow:-top-1 narrow:-right-1">
          <AlertCount />
        </span>
      )}
    </Link>
  );
}

interface SidebarButtonProps {
  Icon: LucideIcon;
  label: string;
  next: "wide" | "narrow";
  className: string;
}

function SidebarButton({ Icon, label, next, className }: SidebarButtonProps) {
  return (
    <button
      type="button"
      title={label}
      onClick={() => saveLook({ sidebar: next })}
      className={classNames(rowStyle, "w-full text-muted hover:bg-hover hover:text-ink", className)}
    >
      <Icon aria-hidden />
      <span className="sr-only">{label}</span>
    </button>
  );
}

/** How many pages have a tab of their own on a phone; the others are behind More. */
const tabCount = 3;

/** The pages at the bottom of a phone's screen, where a thumb reaches them. */
export function BottomTabs({ pages }: { pages: readonly ShellPage[] }) {
  const path = usePathname();
  const rest = pages.slice(tabCount);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isInRest = rest.some((page) => isCurrentPage(page, path));
  return (
    <nav
      aria-label="Pages"
      className="grid grid-cols-4 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {pages.slice(0, tabCount).map((page) => {
        const Icon = icons[page.name];
        const isHere = isCurrentPage(page, path);
        return (
          <Link
            key={page.name}
            href={page.href}
            aria-current={isHere ? "page" : undefined}
            className={classNames(tabStyle, isHere ? "text-ink" : "text-muted")}
          >
            <Icon aria-hidden />
            {page.name}
            {page.name === "Alerts" && (
              <span className="absolute top-1 left-1/2 ml-1">
                <AlertCount />
              </span>
            )}
          </Link>
        );
      })}
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={loadMore}
        onClick={() => setOpen(true)}
        className={classNames(tabStyle, isInRest ? "text-ink" : "text-muted")}
      >
        <MoreHorizontal aria-hidden />
        More
      </button>
      {isOpen && (
        <MoreMenu
          pages={rest}
          icons={icons}
          isHere={(page) => isCurrentPage(page, path)}
          anchor={button}
          onClose={() => setOpen(false)}
        />
      )}
    </nav>
  );
}

const tabStyle =
  "relative grid h-14 content-center justify-items-center gap-0.5 font-medium text-xs outline-offset-[-3px] [&>svg]:size-5";
