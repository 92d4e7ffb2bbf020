"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

interface NavLinkProps {
  href: Route;
  /** Paths below this one belong to it too. */
  prefix?: string;
  children: ReactNode;
}

/** On a phone the bar holds half of the pages' names: the one that is open must be among them. */
const showWhole = (link: HTMLElement | null) => link?.scrollIntoView({ inline: "center", block: "nearest" });

/** A page's name in the navigation. */
export function NavLink({ href, prefix, children }: NavLinkProps) {
  const path = usePathname();
  const isHere = path === href || (prefix !== undefined && path.startsWith(prefix));
  return (
    <Link
      ref={isHere ? showWhole : undefined}
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={classNames(
        "inline-flex h-8 shrink-0 items-center rounded-md px-2.5 font-medium transition-colors",
        isHere ? "bg-hover text-ink" : "text-muted hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
