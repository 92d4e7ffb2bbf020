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

/** A page's name in the navigation. */
export function NavLink({ href, prefix, children }: NavLinkProps) {
  const path = usePathname();
  const isHere = path === href || (prefix !== undefined && path.startsWith(prefix));
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={classNames(
        "inline-flex h-8 items-center rounded-md px-2.5 font-medium transition-colors",
        isHere ? "bg-hover text-ink" : "text-muted hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
