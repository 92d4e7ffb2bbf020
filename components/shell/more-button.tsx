"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { type ReactNode, useRef, useState } from "react";
import { isCurrentPage } from "@/components/shell/nav-link";
import type { ShellPage } from "@/components/shell/shell-pages";
import { loadCode, withSuspense } from "@/components/ui/load-later";

/** Loaded on first use, not with every page. */
const loadMore = () =>
  loadCode(() => import("@/components/shell/more-menu")).then((module) => module.MoreMenu);
const MoreMenu = withSuspense(dynamic(loadMore));

export interface MorePage extends ShellPage {
  icon: ReactNode;
}

interface MoreButtonProps {
  pages: readonly MorePage[];
  className: string;
  children: ReactNode;
}

/** The tab that opens the remaining pages. */
export function MoreButton({ pages, className, children }: MoreButtonProps) {
  const path = usePathname();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const here = pages.find((page) => isCurrentPage(page, path));
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-current={here ? "page" : undefined}
        onPointerEnter={loadMore}
        onClick={() => setOpen(true)}
        className={className}
      >
        {children}
      </button>
      {isOpen && <MoreMenu pages={pages} here={here} anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}
