import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import * as z from "zod";
import { type Sent, sendJson } from "@/lib/http/client";

const path = "/api/auth/passkey";
/** The browser checks the other fields. */
const optionsSchema = z.looseObject({ challenge: z.string() });

/** Signs in with a passkey that the person chooses in the browser's own dialog. */
export function signInWithPasskey(): Promise<Sent> {
  return runCeremony(`${path}/generate-authenticate-options`, async (options) => {
    const { startAuthentication } = await import("@simplewebauthn/browser");
    // The type is safe because the server made the options; better-auth requires user verification only if it is set here.
    const optionsJSON = { ...options, userVerification: "required" } as PublicKeyCredentialRequestOptionsJSON;
    const response = await startAuthentication({ optionsJSON });
    return sendJson("POST", `${path}/verify-authentication`, { response });
  });
}

/** Creates a passkey on this device, or on another one that the browser can reach. */
export function addPasskey(name: string): Promise<Sent> {
  return runCeremony(`${path}/generate-register-options`, async (options) => {
    const { startRegistration } = await import("@simplewebauthn/browser");
    // The type is safe because the server made the options.
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
    const response = await startRegistration({ optionsJSON });
    return sendJson("POST", `${path}/verify-registration`, { response, name });
  });
}

type Options = z.infer<typeof optionsSchema>;

async function runCeremony(from: string, ceremony: (options: Options) => Promise<Sent>): Promise<Sent> {
  if (!window.PublicKeyCredential) return { ok: false, why: "This browser does not support passkeys." };
  const asked = await sendJson("GET", from);
  if (!asked.ok) return asked;
  return ceremony(optionsSchema.parse(asked.value)).catch((cause: unknown) => ({
    ok: false,
    why: whyNot(cause),
  }));
}

function whyNot(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : "";
  if (name === "InvalidStateError") return "This device already has a passkey for your account.";
  if (name === "NotAllowedError") return "No passkey was used: the prompt was cancelled or timed out.";
  return "The browser could not use a passkey here.";
}
