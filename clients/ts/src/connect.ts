// A connection to gaveld: identity, deadlines, keep-alive and repetition, as every Gavel client
// does them.
import { createClient, type Client, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";

import { HealthService } from "#gen/gavel/v1/health_service_pb.js";
import { MeetingService } from "#gen/gavel/v1/meeting_service_pb.js";
import { OrgService } from "#gen/gavel/v1/org_service_pb.js";
import { RulesService } from "#gen/gavel/v1/rules_service_pb.js";
import { ServerService } from "#gen/gavel/v1/server_service_pb.js";
import { SpecService } from "#gen/gavel/v1/spec_service_pb.js";
import { WatchService } from "#gen/gavel/v1/watch_service_pb.js";
import { fillRequestId, repeatWhileUnavailable } from "./repeat.js";
import { defaultServer, parseServer, TokenInClearTextError } from "./server_address.js";
import { watch, type Batch, type WatchOptions } from "./watch.js";

export interface ConnectOptions {
  /** `HOST:PORT`, `unix:PATH`, or `https://HOST:PORT`. */
  readonly server?: string | undefined;
  /** Sent as a bearer token. A function is asked at every call. */
  readonly token?: string | (() => Token | Promise<Token>) | undefined;
  /** A person, to `gaveld --dev` only: any other server does not believe it. */
  readonly as?: string | undefined;
  /** `gavel-vscode/0.1.0`. */
  readonly userAgent?: string | undefined;
  /** For one unary call with all its repetitions. 10 s unless given. */
  readonly timeoutMs?: number | undefined;
}

type Token = string | undefined;

export interface Gavel {
  readonly specs: Client<typeof SpecService>;
  readonly meetings: Client<typeof MeetingService>;
  readonly rules: Client<typeof RulesService>;
  readonly org: Client<typeof OrgService>;
  readonly health: Client<typeof HealthService>;
  readonly server: Client<typeof ServerService>;
  /** The event log from a cursor on, across restarts of the server. See watch.ts. */
  watch(options?: WatchOptions): AsyncGenerator<Batch, void, undefined>;
  /** Ends every call and stream. */
  close(): void;
}

// A server throws off clients that ping more often than every 20 s.
const pingIntervalMs = 30_000;

/**
 * Connects lazily, so an unreachable server shows at the first call. Writes get a `request_id`
 * unless they have one; reads and such writes are repeated while the server is UNAVAILABLE.
 *
 * Throws TokenInClearTextError for a token that another machine would get without TLS, and
 * TypeError for a server that is no address.
 */
export function connect(options: ConnectOptions = {}): Gavel {
  const server = options.server ?? defaultServer;
  const { url, sessionOptions, confidential } = parseServer(server);
  if (options.token && !confidential) throw new TokenInClearTextError(server);
  const timeoutMs = options.timeoutMs ?? 10_000;
  const sessionManager = new Http2SessionManager(url, { pingIntervalMs }, sessionOptions);
  const transport = createGrpcTransport({
    baseUrl: url,
    sessionManager,
    defaultTimeoutMs: timeoutMs,
    interceptors: [introduce(options), fillRequestId, repeatWhileUnavailable(timeoutMs)],
  });
  const watching = createClient(WatchService, transport);
  return {
    specs: createClient(SpecService, transport),
    meetings: createClient(MeetingService, transport),
    rules: createClient(RulesService, transport),
    org: createClient(OrgService, transport),
    health: createClient(HealthService, transport),
    server: createClient(ServerService, transport),
    watch: (watchOptions) => watch(watching, watchOptions),
    close: () => sessionManager.abort(),
  };
}

// Says who calls, and with what program.
function introduce(options: ConnectOptions): Interceptor {
  return (next) => async (request) => {
    const token = typeof options.token === "function" ? await options.token() : options.token;
    if (token) request.header.set("authorization", `Bearer ${token}`);
    if (options.as) request.header.set("gavel-principal", options.as);
    if (options.userAgent) request.header.set("user-agent", options.userAgent);
    return next(request);
  };
}
