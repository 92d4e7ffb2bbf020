"use client";

import { Toast, type ToastObject } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "@/components/ui/button";
import { receiveToasts } from "@/components/ui/toast";

const shownMs = 5_000;

/** Error and progress toasts, on top of any page. */
export function Toasts() {
  return (
    <Toast.Provider>
      <Toast.Portal>
        <ToastViewport />
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastViewport() {
  const { toasts, add, close } = Toast.useToastManager();
  useEffect(
    () =>
      receiveToasts(({ kind, text }) => {
        if (text === null) close(kind);
        else add({ id: kind, type: kind, description: text, timeout: kind === "error" ? 0 : shownMs });
      }),
    [add, close],
  );
  return (
    <Toast.Viewport className="pointer-events-none fixed inset-x-0 bottom-28 z-50 flex flex-col items-center gap-2 px-4 sm:bottom-16">
      {toasts.map((toast) =>
        toast.type === "error" ? (
          <ErrorToast key={toast.id} toast={toast} />
        ) : (
          <ProgressToast key={toast.id} toast={toast} />
        ),
      )}
    </Toast.Viewport>
  );
}

type ShownToast = { toast: ToastObject<object> };

/** A live region's role instead of a dialog's: it is announced, and a screen reader's cursor can reach it. */
const liveRegion = (role: "alert" | "status") => ({ role, "aria-modal": undefined });

function ErrorToast({ toast }: ShownToast) {
  return (
    <Toast.Root
      toast={toast}
      {...liveRegion("alert")}
      swipeDirection={[]}
      className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-lg border border-danger bg-surface py-2 pr-2 pl-3 shadow-xl"
    >
      <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
      <Toast.Description />
      <Toast.Close aria-hidden={false} render={<IconButton label="Close" isSmall />}>
        <X aria-hidden />
      </Toast.Close>
    </Toast.Root>
  );
}

function ProgressToast({ toast }: ShownToast) {
  return (
    <Toast.Root
      toast={toast}
      {...liveRegion("status")}
      swipeDirection={[]}
      className="pointer-events-auto max-w-lg rounded-lg border border-line-strong bg-raised px-3 py-2 shadow-xl"
    >
      <Toast.Description dir="auto" className="wrap-anywhere line-clamp-2" />
    </Toast.Root>
  );
}
