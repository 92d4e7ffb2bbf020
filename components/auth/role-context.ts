"use client";

import { createContext } from "react";
import type { Role } from "@/lib/auth/roles";

/** The role of whoever looks. */
export const RoleContext = createContext<Role>("viewer");
