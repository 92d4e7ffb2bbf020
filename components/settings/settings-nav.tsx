import { NavLink } from "@/components/shell/nav-link";
import { can, type Permission } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";

const parts = [
  { href: "/settings", name: "Account", permission: "account.own" },
  { href: "/settings/notifications", name: "Alerts", permission: "settings.manage" },
  { href: "/settings/routing", name: "Routing", permission: "settings.manage" },
  { href: "/settings/people", name: "People", permission: "people.manage" },
  { href: "/settings/setup", name: "Setup check", permission: "credentials.manage" },
  { href: "/settings/credentials", name: "Webhook credentials", permission: "credentials.manage" },
  { href: "/settings/keys", name: "API keys", permission: "keys.manage" },
  { href: "/settings/knowledge", name: "Knowledge base", permission: "settings.manage" },
  { href: "/settings/dialing", name: "Dialing and transfers", permission: "settings.manage" },
  { href: "/settings/tools", name: "Tools", permission: "tools.view" },
  { href: "/settings/privacy", name: "Privacy", permission: "settings.manage" },
  { href: "/settings/health", name: "Health", permission: "health.view" },
  { href: "/settings/audit", name: "Audit log", permission: "audit.view" },
] as const satisfies { href: string; name: string; permission: Permission }[];

/** The parts of the settings a role may open. */
export function SettingsNav({ role }: { role: Role }) {
  return (
    <nav aria-label="Settings" className="-mx-2.5 flex flex-wrap gap-1">
      {parts
        .filter(({ permission }) => can(role, permission))
        .map(({ href, name }) => (
          <NavLink key={href} href={href}>
            {name}
          </NavLink>
        ))}
    </nav>
  );
}
