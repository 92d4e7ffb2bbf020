import type { Route } from "next";
import { can, type Permission } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";

export type ShellPageName =
  | "Live"
  | "Alerts"
  | "Reports"
  | "Conversations"
  | "Analytics"
  | "Events"
  | "Settings";

export interface ShellPage {
  name: ShellPageName;
  href: Route;
  /** Paths that start with this belong to the page too. */
  prefix?: string;
  permission: Permission;
}

const pages: readonly ShellPage[] = [
  { name: "Live", href: "/", prefix: "/calls/", permission: "calls.view" },
  { name: "Alerts", href: "/alerts", permission: "calls.view" },
  { name: "Reports", href: "/reports", permission: "calls.view" },
  { name: "Analytics", href: "/analytics", prefix: "/analytics/", permission: "calls.view" },
  { name: "Conversations", href: "/conversations", prefix: "/conversations/", permission: "calls.view" },
  { name: "Events", href: "/events", permission: "events.view" },
  { name: "Settings", href: "/settings", prefix: "/settings/", permission: "account.own" },
];

/** The pages a role may open, in the order of the navigation. */
export function shellPages(role: Role): readonly ShellPage[] {
  return pages.filter(({ permission }) => can(role, permission));
}
