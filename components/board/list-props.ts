import type { Ref } from "react";
import type { ListHandle } from "@/components/board/use-list-handle";
import type { Alert } from "@/lib/alerts/alert";
import type { Call } from "@/lib/calls/call";
import type { Watchers } from "@/lib/realtime/push";

/** Props of rows and tiles. */
export interface ListProps {
  calls: readonly Call[];
  /** Calls that have left the board and whose place is kept for now. */
  gone: ReadonlySet<string>;
  /** By call, the alert whose cause persists, resolved or not. */
  alerts: ReadonlyMap<string, Alert>;
  /** The call selected by keyboard; null before first use. */
  currentId: string | null;
  /** The call open in the side panel; "" if none. */
  sidePanelId: string;
  watchers: Watchers;
  onFocus: (callId: string) => void;
  ref: Ref<ListHandle>;
}
