import "server-only";
import type { LookupAddress } from "node:dns";
import { type IncomingMessage, type RequestOptions, request as sendHttp } from "node:http";
import { request as sendHttps } from "node:https";

export interface Outgoing {
  url: URL;
  method: string;
  headers: Headers;
  body: string | Uint8Array | null;
  signal: AbortSignal;
}

/**
 * Sends one request to one of these addresses and nowhere else, whatever the host's name means by then; over a connection
 * of its own, for one that is kept alive was checked by somebody else. TLS still asks for the name.
 * @throws what node:http does; an abort by the signal among it
 */
export function sendRequest(
  { url, method, headers, body, signal }: Outgoing,
  addresses: LookupAddress[],
): Promise<IncomingMessage> {
  const send = url.protocol === "http:" ? sendHttp : sendHttps;
  const options: RequestOptions = {
    method,
    signal,
    agent: false,
    lookup: pin(addresses),
    headers: {
      "user-agent": "Earshot",
      ...Object.fromEntries(headers),
      // Nothing is unpacked here, so that no answer grows on the way.
      "accept-encoding": "identity",
    },
  };
  return new Promise((resolve, reject) => {
    const request = send(url, options, resolve);
    request.on("error", reject);
    request.end(body ?? undefined);
  });
}

function pin(addresses: LookupAddress[]): NonNullable<RequestOptions["lookup"]> {
  return (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family);
  };
}
