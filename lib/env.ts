// Settings, from the environment only. Scripts fill it from .damso/settings.json before anything asks.
import { isIP } from "node:net";
import path from "node:path";
import { z } from "zod";
import { appUrl } from "@/lib/db/app-role";

/** A setting that cannot work: one sentence that names the variable, in Korean (`message`) and in English. */
export class SettingError extends Error {
  override readonly name = "SetupError";
  constructor(
    readonly variable: string,
    korean: string,
    readonly english: string,
  ) {
    super(korean);
  }
}

const databaseUrl = z.string().refine((text) => /^postgres(ql)?:$/.test(protocolOf(text)), {
  error:
    "postgresql://사용자:암호@서버:포트/데이터베이스 형식이어야 합니다.|must look like postgresql://user:password@host:port/database.",
});

const origin = z
  .string()
  .refine((text) => /^https?:$/.test(protocolOf(text)) && new URL(text).pathname === "/" && !new URL(text).search, {
    error:
      "https://상담.회사.kr처럼 경로 없는 http 또는 https 주소여야 합니다.|must be an http or https origin without a path.",
  })
  .transform((text) => new URL(text).origin);

const directory = z.string().transform((text) => path.resolve(text));

const files = z
  .string()
  .refine((text) => text.startsWith("file:") || text.startsWith("s3://"), {
    error: "file:/디렉터리 또는 s3://버킷/경로 형식이어야 합니다.|must be file:/directory or s3://bucket/prefix.",
  })
  .transform((text) => (text.startsWith("file:") ? `file:${path.resolve(text.replace(/^file:(\/\/)?/, ""))}` : text));

const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));

const addresses = list.refine((items) => items.every(isAddressRange), {
  error: "쉼표로 나눈 IP 주소나 CIDR 범위여야 합니다.|must be IP addresses or CIDR ranges, separated by commas.",
});

const schema = z.object({
  /** Owner of the tables; migrates, never serves. */
  DATABASE_URL: databaseUrl,
  DATABASE_APP_URL: databaseUrl.optional(),
  DAMSO_URL: origin.optional(),
  DAMSO_SECRET: z.string().min(32, { error: "32자 이상이어야 합니다.|must have at least 32 characters." }),
  DAMSO_KEYRING: directory,
  DAMSO_FILES: files,
  /** For s3:// alone, under the names that every tool of the service knows. */
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  DAMSO_MAIL: directory.optional(),
  /** Presses not yet counted; one folder per machine or shared, each process writes files of its own. */
  DAMSO_SPOOL: directory.optional(),
  SMTP_URL: z
    .string()
    .refine((text) => /^smtps?:$/.test(protocolOf(text)), {
      error: "smtp:// 또는 smtps://로 시작해야 합니다.|must begin with smtp:// or smtps://.",
    })
    .optional(),
  DAMSO_OUTBOUND_ALLOW: list,
  /** Where the stand-ins of rehearsals are served; server.ts serves them itself where nothing is said. */
  DAMSO_REHEARSAL_DEALER: origin.optional(),
  TRUSTED_PROXIES: addresses,
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce
    .number({ error: "1에서 65535 사이의 포트 번호여야 합니다.|must be a port number from 1 to 65535." })
    .int()
    .min(1)
    .max(65_535)
    .default(3000),
});

type Parsed = z.infer<typeof schema>;

/** The settings, complete: what is derived is filled in. `DAMSO_URL` has no trailing slash; `DAMSO_FILES` is `file:/absolute` or `s3://…`. */
export type Env = Omit<Parsed, "DATABASE_APP_URL" | "DAMSO_URL" | "DAMSO_MAIL" | "DAMSO_SPOOL"> & {
  DATABASE_APP_URL: string;
  DAMSO_URL: string;
  DAMSO_MAIL: string;
  DAMSO_SPOOL: string;
};

let known: Env | undefined;

/** The settings of this process, read once. @throws SettingError that names the first wrong variable */
export function env(): Env {
  known ??= parseEnv(process.env);
  return known;
}

/** Reads settings out of a record of strings; an empty string counts as unset. @throws SettingError */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(given);
  if (!result.success) throw settingError(result.error.issues[0], given);
  const settings = result.data;
  const host = settings.HOST.includes(":") ? `[${settings.HOST}]` : settings.HOST;
  return {
    ...settings,
    DATABASE_APP_URL: settings.DATABASE_APP_URL ?? appUrl(settings.DATABASE_URL, settings.DAMSO_SECRET),
    DAMSO_URL: settings.DAMSO_URL ?? `http://${isLoopback(settings.HOST) ? host : "127.0.0.1"}:${settings.PORT}`,
    DAMSO_MAIL: settings.DAMSO_MAIL ?? path.resolve(".damso/mail"),
    DAMSO_SPOOL: settings.DAMSO_SPOOL ?? spoolBeside(settings.DAMSO_FILES),
  };
}

/** Where presses wait: beside the files, which outlive the process; else in .damso. */
function spoolBeside(location: string): string {
  return location.startsWith("file:")
    ? path.join(path.dirname(location.slice(5)), "spool")
    : path.resolve(".damso/spool");
}

/** Whether a HOST setting means this machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function settingError(issue: z.core.$ZodIssue | undefined, given: Record<string, unknown>): SettingError {
  const variable = String(issue?.path[0] ?? "");
  if (!(variable in given)) {
    return new SettingError(variable, `설정 ${variable} 값이 없습니다.`, `The setting ${variable} is missing.`);
  }
  const [korean, english] = (issue?.message ?? "").split("|");
  if (!english) {
    return new SettingError(
      variable,
      `설정 ${variable} 값이 올바르지 않습니다.`,
      `The setting ${variable} is not valid.`,
    );
  }
  return new SettingError(variable, `설정 ${variable} 값은 ${korean}`, `The setting ${variable} ${english}`);
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : "";
}

function isAddressRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
