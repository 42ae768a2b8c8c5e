// The dealer client: one set of operations over each dealer's documented API. What talks to the stand-in talks to the dealer: only the address
// of the connection differs.

import { callService, type ServiceAnswer } from "@/lib/outbound/call";
import { paceOf } from "@/lib/pace";
import { only } from "@/lib/streams";
import type { SendWith } from "@/lib/templates/rules/payload";
import type { TemplateContent } from "@/lib/templates/schema/content";
import type {
  ConsultHours,
  Credentials,
  Dialect,
  DialectCall,
  ProfileFacts,
  SessionFacts,
  SystemMessage,
  SystemMessageKind,
} from "./dialect";
import { happytalk } from "./happytalk";
import { infobank } from "./infobank";
import { multipart, type UploadFile } from "./multipart";
import type { DealerReason } from "./reasons";

export const dealerDialects = { happytalk, infobank } as const;
export type DealerFormat = keyof typeof dealerDialects;

/** `code` and `text` as the dealer said them. `unsent`: surely not done. `unknown`: nobody can say; `refused`: the dealer said no. */
export type DealerFailure = {
  ok: false;
  reason: DealerReason;
  code: string;
  text: string;
  outcome: "refused" | "unsent" | "unknown";
};
export type DealerResult<T> = { ok: true; value: T } | DealerFailure;

export type SentMessage = { messageKey: string | null };

export type DealerClient = {
  /** `given.serial` is ours, unique for each message, at most 30 characters. */
  send(content: TemplateContent, given: Omit<SendWith, "senderKey">): Promise<DealerResult<SentMessage>>;
  end(userKey: string, serial: string): Promise<DealerResult<null>>;
  endWithBot(userKey: string, serial: string, event: string): Promise<DealerResult<null>>;
  block(userKey: string): Promise<DealerResult<null>>;
  unblock(userKey: string): Promise<DealerResult<null>>;
  /** @returns the address on Kakao's server, which a message names. `rich`: for link images, which have limits of their own */
  uploadImage(file: UploadFile, rich: boolean): Promise<DealerResult<string>>;
  uploadFile(file: UploadFile): Promise<DealerResult<string>>;
  session(userKey: string): Promise<DealerResult<SessionFacts>>;
  profile(): Promise<DealerResult<ProfileFacts>>;
  hours(): Promise<DealerResult<ConsultHours>>;
  /** @param there whether hours were registered before */
  writeHours(hours: ConsultHours, there: boolean): Promise<DealerResult<null>>;
  systemMessages(): Promise<DealerResult<SystemMessage[]>>;
  saveSystemMessage(message: { kind: SystemMessageKind; text: string }): Promise<DealerResult<null>>;
  submitSystemMessage(kind: SystemMessageKind): Promise<DealerResult<null>>;
};

export type DealerAccess = {
  format: DealerFormat;
  /** "": where the dealer documents its service. */
  address: string;
  senderKey: string;
  credentials: Credentials;
};

/** Milliseconds: for a call, and for an upload beside one second per 512 kB. */
const [callMs, uploadMs] = [10_000, 30_000];
const bytesPerSecond = 512 * 1_024;
/** Tries in all, where another is safe; milliseconds before each further one, unless the dealer names a time (at most ten seconds). */
const waits = [0, 500, 2_000] as const;
const longestWait = 10_000;

type Call = (address: string, call: Parameters<typeof callService>[1]) => Promise<ServiceAnswer>;
type Tools = { call?: Call; wait?: (ms: number) => Promise<void> };

/** What a call may do to the dealer's side when it is made twice. `once`: it is done twice. */
type Twice = "same" | "once";

const unsupported: DealerFailure = { ok: false, reason: "unsupported", code: "", text: "", outcome: "unsent" };
const done = () => null;

/** A client for one connection. It holds no state: make one for each use. @param tools other ways to call and to wait, for tests */
export function dealerClient(access: DealerAccess, tools: Tools = {}): DealerClient {
  const dialect: Dialect = dealerDialects[access.format];
  const { senderKey } = access;
  const who = (userKey: string, serial = "") => ({ userKey, senderKey, serial });
  const run = <T>(call: DialectCall, twice: Twice, value: (data: unknown) => T) =>
    attempt({ access, dialect, call, twice, value, tools });
  const whereKnown = <Part, T>(part: Part | undefined, act: (part: Part) => Promise<DealerResult<T>>) =>
    part === undefined ? Promise.resolve<DealerResult<T>>(unsupported) : act(part);
  const upload = async (call: DialectCall, file: UploadFile): Promise<DealerResult<string>> => {
    const result = await attempt({ access, dialect, call, twice: "once", value: dialect.uploaded, tools, file });
    if (!result.ok || result.value !== null) return result as DealerResult<string>;
    return { ok: false, reason: "unknown", code: "", text: "", outcome: "unknown" };
  };
  return {
    send: (content, given) =>
      run(dialect.send(content, { ...given, senderKey }), dialect.refusesRepeats ? "same" : "once", (data) => ({
        messageKey: dialect.messageKey(data),
      })),
    end: (userKey, serial) => run(dialect.end(who(userKey, serial)), "same", done),
    endWithBot: (userKey, serial, event) => run(dialect.endWithBot(who(userKey, serial), event), "once", done),
    block: (userKey) => run(dialect.block(who(userKey)), "same", done),
    unblock: (userKey) => run(dialect.unblock(who(userKey)), "same", done),
    uploadImage: (file, rich) => upload(dialect.uploadImage(senderKey, rich), file),
    uploadFile: (file) => upload(dialect.uploadFile(senderKey), file),
    session: (userKey) => whereKnown(dialect.session, ({ call, read }) => run(call(who(userKey)), "same", read)),
    profile: () =>
      whereKnown(dialect.profile, async ({ call, read }) => {
        const result = await run(call(senderKey), "same", read);
        if (!result.ok || result.value !== null) return result as DealerResult<ProfileFacts>;
        return { ok: false, reason: "noData", code: "", text: "", outcome: "refused" } as const;
      }),
    hours: () => whereKnown(dialect.hours, ({ read, of }) => run(read(senderKey), "same", of)),
    writeHours: (hours, there) =>
      whereKnown(dialect.hours, ({ write }) => run(write(senderKey, hours, there), "same", done)),
    systemMessages: () => whereKnown(dialect.system, ({ list, of }) => run(list(senderKey), "same", of)),
    saveSystemMessage: (message) =>
      whereKnown(dialect.system, ({ save }) => run(save(senderKey, message), "same", done)),
    submitSystemMessage: (kind) =>
      whereKnown(dialect.system, ({ submit }) => run(submit(senderKey, kind), "once", done)),
  };
}

type Attempt<T> = {
  access: DealerAccess;
  dialect: Dialect;
  call: DialectCall;
  twice: Twice;
  value: (data: unknown) => T;
  tools: Tools;
  file?: UploadFile;
};

/**
 * Makes a call, again where that is safe: nothing was sent, the dealer asks to wait, or twice does what once does. A file's bytes are read once, so
 * an upload is tried once.
 */
async function attempt<T>({ access, dialect, call, twice, value, tools, file }: Attempt<T>): Promise<DealerResult<T>> {
  const { call: ask = callService, wait = waitFor } = tools;
  const tries = file ? 1 : waits.length;
  let last: DealerFailure = unsupported;
  let asked: number | null = null;
  let maybeDone = false;
  for (const pause of waits.slice(0, tries)) {
    if (pause > 0) await wait(asked ?? pause);
    // One process keeps its own pace; several together are asked to wait by the dealer (429).
    if (dialect.perSecond !== null) await paceOf(`${access.format} ${access.senderKey}`, dialect.perSecond).turn();
    const answer = await ask(`${access.address || dialect.address}${call.path}`, request(access, dialect, call, file));
    if (answer.ok) {
      const read = dialect.read(answer.status, parsed(answer.text));
      if (read.ok) return { ok: true, value: value(read.data) };
      // The try before had arrived after all.
      if (read.reason === "duplicate" && maybeDone) return { ok: true, value: value(read.data) };
      last = { ok: false, reason: read.reason, code: read.code, text: read.text, outcome: "refused" };
      if (read.reason !== "rateLimited") return last;
      asked = retryAfter(answer.headers["retry-after"]);
    } else {
      asked = null;
      const outcome = answer.sent ? "unknown" : "unsent";
      last = { ok: false, reason: answer.sent ? "unanswered" : "unreachable", code: "", text: answer.failure, outcome };
      if (answer.sent && twice === "once") return last;
      maybeDone ||= answer.sent;
    }
  }
  // One of the tries may have been heard, whatever the last one says.
  return maybeDone && last.outcome === "unsent" ? { ...last, outcome: "unknown" } : last;
}

function request(access: DealerAccess, dialect: Dialect, call: DialectCall, file: UploadFile | undefined) {
  const form = file && multipart(call.upload ?? {}, file);
  const json = call.body ? Buffer.from(JSON.stringify(call.body)) : null;
  return {
    method: call.method,
    queue: `${access.format} ${access.senderKey}`,
    mostMs: file ? uploadMs + Math.ceil(file.bytes / bytesPerSecond) * 1_000 : callMs,
    headers: {
      ...{ accept: "application/json", ...dialect.headers(access.credentials) },
      ...(form ? { "content-type": form.type } : json ? { "content-type": "application/json; charset=utf-8" } : {}),
    },
    body: form ?? (json ? { source: only(json), length: json.length } : undefined),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Seconds, as dealers say it; milliseconds here. A date, or anything else, is no time. */
function retryAfter(header: string | undefined): number | null {
  return header && /^\d{1,4}$/.test(header) ? Math.min(longestWait, Number(header) * 1_000) : null;
}

const waitFor = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
