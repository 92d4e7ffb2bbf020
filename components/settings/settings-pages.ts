import type { Route } from "next";
import { can, type Permission } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";

interface SettingsPage {
  href: Route;
  name: string;
  permission: Permission;
}

export interface SettingsGroup {
  name: string;
  pages: readonly SettingsPage[];
}

const groups: readonly SettingsGroup[] = [
  { name: "Account", pages: [{ href: "/settings", name: "Account", permission: "account.own" }] },
  {
    name: "Team",
    pages: [
      { href: "/settings/people", name: "People", permission: "people.manage" },
      { href: "/settings/keys", name: "API keys", permission: "keys.manage" },
      { href: "/settings/audit", name: "Audit log", permission: "audit.view" },
    ],
  },
  {
    name: "Vapi",
    pages: [
      { href: "/settings/setup", name: "Setup check", permission: "credentials.manage" },
      { href: "/settings/credentials", name: "Webhook credentials", permission: "credentials.manage" },
      { href: "/settings/assistants", name: "Assistants", permission: "settings.manage" },
      { href: "/settings/routing", name: "Routing", permission: "settings.manage" },
      { href: "/settings/dialing", name: "Dialing and transfers", permission: "settings.manage" },
      { href: "/settings/tools", name: "Tools", permission: "tools.view" },
      { href: "/settings/knowledge", name: "Knowledge base", permission: "settings.manage" },
      { href: "/settings/control", name: "Live control", permission: "settings.manage" },
      { href: "/settings/import", name: "Import calls", permission: "settings.manage" },
    ],
  },
  {
    name: "Alerts",
    pages: [
      { href: "/settings/alerts/rules", name: "Rules", permission: "rules.view" },
      { href: "/settings/notifications", name: "Alerts and notifications", permission: "settings.manage" },
    ],
  },
  {
    name: "Data",
    pages: [
      { href: "/settings/forwarding", name: "Forwarding", permission: "settings.manage" },
      { href: "/settings/privacy", name: "Privacy", permission: "settings.manage" },
      { href: "/settings/health", name: "Health", permission: "health.view" },
    ],
  },
];

/** The settings pages a role may open, in groups; empty groups are left out. */
export function settingsGroups(role: Role): readonly SettingsGroup[] {
  return groups
    .map(({ name, pages }) => ({ name, pages: pages.filter(({ permission }) => can(role, permission)) }))
    .filter(({ pages }) => pages.length > 0);
}
