"use client";

import { use } from "react";
import { RoleContext } from "@/components/auth/role-context";
import { can, type Permission } from "@/lib/auth/permissions";

/** Whether the viewer has a permission; used to hide what they may not do. The server enforces it. */
export function useCan(permission: Permission): boolean {
  return can(use(RoleContext), permission);
}
