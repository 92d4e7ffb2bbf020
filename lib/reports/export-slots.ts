import "server-only";

/** Each export holds a connection of the pool for as long as its reader takes; the door's are not to be all gone. */
const most = 2;

let taken = 0;

/** Takes one of the few places for exports; null when there is none. The answer gives it back, once. */
export function takeExportSlot(): (() => void) | null {
  if (taken >= most) return null;
  taken += 1;
  let isHeld = true;
  return () => {
    if (isHeld) taken -= 1;
    isHeld = false;
  };
}
