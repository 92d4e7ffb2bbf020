/** What the keyboard does to a list of calls. */
export interface ListHandle {
  /** Moves the focus to a call, scrolling to it if need be. */
  focus: (callId: string) => void;
}
