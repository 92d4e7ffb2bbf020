import type { Ref } from "react";
import type { ListHandle } from "@/components/board/list-handle";
import type { Call } from "@/lib/calls/call";
import type { Watchers } from "@/lib/realtime/push";

/** What rows and tiles are told. */
export interface ListProps {
  calls: readonly Call[];
  /** The call the keyboard is at, null before it was used. */
  currentId: string | null;
  /** The call that is open beside the board, "" without one. */
  besideId: string;
  watchers: Watchers;
  onFocus: (callId: string) => void;
  ref: Ref<ListHandle>;
}
