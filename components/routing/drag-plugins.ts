import { StyleInjector } from "@dnd-kit/dom";
import type { DragDropProvider } from "@dnd-kit/react";
import type { ComponentProps } from "react";

type Plugins = Extract<ComponentProps<typeof DragDropProvider>["plugins"], (...given: never[]) => unknown>;

/**
 * dnd-kit's own plugins, its styles under the document's nonce. The document's: a refresh, or a page one has come to by a
 * link, is answered under another nonce, which the policy of the document that is open does not know.
 */
export const dragPlugins: Plugins = (defaults) => [
  ...defaults,
  StyleInjector.configure({ nonce: documentNonce() }),
];

/** Empty on the server, where nothing is dragged. */
function documentNonce(): string {
  return globalThis.document?.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}
