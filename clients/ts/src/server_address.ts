// Where a server is, as every Gavel client writes it: `HOST:PORT`, `unix:PATH`, or
// `https://HOST:PORT` for TLS with the system's roots.
import * as net from "node:net";
import type { ClientSessionOptions } from "node:http2";

export const defaultServer = "127.0.0.1:4283";

/** A token would travel in clear text to another machine. */
export class TokenInClearTextError extends Error {
  override readonly name = "TokenInClearTextError";
  constructor(server: string) {
    super(
      `\`${server}\` is another machine without TLS; a token is sent there only over ` +
        "https://HOST:PORT",
    );
  }
}

export interface ServerAddress {
  /** What requests are made to. */
  readonly url: string;
  /** How to get there, where the URL does not say it. */
  readonly sessionOptions: ClientSessionOptions;
  /** True where nobody on a network can read along. */
  readonly confidential: boolean;
}

const unixPrefix = "unix:";
const tlsPrefix = "https://";

/** Throws TypeError for an address of another form. */
export function parseServer(server: string): ServerAddress {
  if (server.startsWith(unixPrefix)) {
    const path = server.slice(unixPrefix.length);
    const createConnection = () => net.connect({ path });
    return { url: "http://localhost", sessionOptions: { createConnection }, confidential: true };
  }
  const tls = server.startsWith(tlsPrefix);
  const url = parseHostAndPort(tls ? server : `http://${server}`);
  if (url === undefined) {
    throw new TypeError(`\`${server}\` is not HOST:PORT, unix:PATH or https://HOST:PORT`);
  }
  return { url: url.origin, sessionOptions: {}, confidential: tls || isLoopback(url.hostname) };
}

function parseHostAndPort(text: string): URL | undefined {
  try {
    const url = new URL(text);
    const onlyHostAndPort = url.href === `${url.origin}/` && !text.endsWith("/");
    return onlyHostAndPort ? url : undefined;
  } catch {
    return undefined;
  }
}

// `127.` alone would also be the start of somebody's host name.
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (net.isIPv4(host) && host.startsWith("127."));
}
