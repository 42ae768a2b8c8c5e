// Mail out of the house: to the server of SMTP_URL, else as .eml files into the directory of DAMSO_MAIL.
import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import path from "node:path";
import { createTransport } from "nodemailer";
import type Mail from "nodemailer/lib/mailer";
import { env } from "./env";

export type Letter = { id: string; to: string; subject: string; text: string; at: Date };

/** Where mail goes, in one word, for the settings page and `damso doctor`. */
export function mailTarget(): "smtp" | "directory" {
  return env().SMTP_URL ? "smtp" : "directory";
}

/**
 * Hands one letter to its target. The same letter sent twice has the same Message-ID and the same file.
 * @throws Error of nodemailer (`code`, `responseCode`) or of the file system
 */
export async function sendLetter(letter: Letter): Promise<void> {
  const { SMTP_URL, DAMSO_MAIL } = env();
  const message = messageOf(letter, SMTP_URL);
  if (!SMTP_URL) return keepAsFile(DAMSO_MAIL, letter, message);
  const target = createTransport({
    url: SMTP_URL,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  try {
    await target.sendMail(message);
  } finally {
    target.close();
  }
}

/** Whether trying again is useless: the server knows no such recipient. */
export function isFinalFailure(error: unknown): boolean {
  if (!(error instanceof Error) || !("responseCode" in error) || !("command" in error)) return false;
  return error.command === "RCPT TO" && typeof error.responseCode === "number" && error.responseCode >= 500;
}

function messageOf({ id, to, subject, text, at }: Letter, smtpUrl: string | undefined): Mail.Options {
  const { hostname } = new URL(env().DAMSO_URL);
  const domain = isIP(hostname.replaceAll(/[[\]]/g, "")) ? "localhost" : hostname;
  // smtp://user:password@server?from=damso%40company.kr names another sender.
  const from = (smtpUrl && new URL(smtpUrl).searchParams.get("from")) || `no-reply@${domain}`;
  return {
    from: { name: "담소", address: from },
    to: { name: "", address: to },
    subject,
    text,
    date: at,
    messageId: `<${id}@${domain}>`,
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

async function keepAsFile(directory: string, { id, at }: Letter, message: Mail.Options): Promise<void> {
  const { message: bytes } = await createTransport({ streamTransport: true, buffer: true }).sendMail(message);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const name = `${at.toISOString().replaceAll(/[:.]/g, "-")}-${id}.eml`;
  const draft = path.join(/* turbopackIgnore: true */ directory, `.${randomUUID()}`);
  await writeFile(draft, Buffer.isBuffer(bytes) ? bytes : "", { mode: 0o600 });
  await rename(draft, path.join(/* turbopackIgnore: true */ directory, name));
}
