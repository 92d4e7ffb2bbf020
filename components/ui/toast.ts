/** At most one toast of each kind is shown; a new one replaces it. Null closes it. */
interface ToastMessage {
  kind: "error" | "progress";
  text: string | null;
}

type Receive = (message: ToastMessage) => void;

let receiver: Receive | null = null;
const waiting: ToastMessage[] = [];

function send(message: ToastMessage): void {
  if (receiver) receiver(message);
  else waiting.push(message);
}

/** Shows an error until it is closed. */
export const showError = (text: string | null) => send({ kind: "error", text });

/** Shows an action's progress for a few seconds. */
export const showProgress = (text: string | null) => send({ kind: "progress", text });

/** Delivers toasts queued before the component was loaded, and all later ones. Returns a function that stops it. */
export function receiveToasts(receive: Receive): () => void {
  receiver = receive;
  for (const message of waiting.splice(0)) receive(message);
  return () => {
    if (receiver === receive) receiver = null;
  };
}
