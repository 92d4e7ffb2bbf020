import "server-only";
import type { Tool } from "@/lib/tools/define-tool";
import { echo } from "@/lib/tools/echo";
import { findCaller } from "@/lib/tools/find-caller";
import { lookupContext } from "@/lib/tools/lookup-context";
import { sendEmail } from "@/lib/tools/send-email";
import { transferToTeam } from "@/lib/tools/transfer-to-team";
import { updateContext } from "@/lib/tools/update-context";

/** The registry: every tool that Earshot brings along. */
export const builtInTools: readonly Tool[] = [
  echo,
  findCaller,
  lookupContext,
  sendEmail,
  transferToTeam,
  updateContext,
];
