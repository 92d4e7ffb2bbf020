/** One toast of each kind is shown at most; a new one replaces the one before. Null: nothing to say any more. */
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

/** Says why something could not be done, until it is closed. */
export const showError = (text: string | null) => send({ kind: "error", text });

/** Says for a few seconds how an action goes. */
export const showProgress = (text: string | null) => send({ kind: "progress", text });

/** Hands over what was said before the toasts were loaded, and all that is said from now on. Returns what ends that. */
export function receiveToasts(receive: Receive): () => void {
  receiver = receive;
  for (const message of waiting.splice(0)) receive(message);
  return () => {
    if (receiver === receive) receiver = null;
  };
}
