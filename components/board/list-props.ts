import type { Ref } from "react";
import type { ListHandle } from "@/components/board/use-list-handle";
import type { Alert } from "@/lib/alerts/alert";
import type { Call } from "@/lib/calls/call";
import type { Watchers } from "@/lib/realtime/push";

/** What rows and tiles are told. */
export interface ListProps {
  calls: readonly Call[];
  /** Calls that have left, whose place stays empty for now. */
  gone: ReadonlySet<string>;
  /** The alert of each call whose cause goes on, resolved or not. */
  alerts: ReadonlyMap<string, Alert>;
  /** The call the keyboard is at, null before it was used. */
  currentId: string | null;
  /** The call that is open beside the board, "" without one. */
  besideId: string;
  watchers: Watchers;
  onFocus: (callId: string) => void;
  ref: Ref<ListHandle>;
}
