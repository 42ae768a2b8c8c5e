import { readdirSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { queueMail } from "@/lib/outbox";
import { createOrganization } from "./commands/create-organization";
import { sendWaitingMail } from "./jobs";

/** As much of a mail server (RFC 5321) as a letter needs; keeps what it was given. */
class MailServer {
  readonly letters: { to: string; data: string }[] = [];
  /** What it answers to RCPT TO. */
  recipient = "250 ok";
  private readonly server = net.createServer((socket) => this.talk(socket));

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const address = this.server.address();
    return typeof address === "object" && address ? address.port : 0;
  }
  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
  private talk(socket: net.Socket): void {
    let [text, to, inside] = ["", "", false];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 test");
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      text += bytes.toString("utf8");
      for (;;) {
        const end = inside ? text.indexOf("\r\n.\r\n") : text.indexOf("\r\n");
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (inside ? 5 : 2));
        if (inside) {
          this.letters.push({ to, data: line });
          inside = false;
          say("250 kept");
        } else if (/^RCPT TO/i.test(line)) {
          to = /<(.*)>/.exec(line)?.[1] ?? "";
          say(this.recipient);
        } else if (/^DATA/i.test(line)) {
          inside = true;
          say("354 go on");
        } else if (/^QUIT/i.test(line)) {
          say("221 bye");
          socket.end();
        } else {
          say("250 ok");
        }
      }
    });
  }
}

let actor: JobActor;
const server = new MailServer();
let port = 0;
let now = new Date();
const link = `http://127.0.0.1:3000/invite/${"t".repeat(43)}`;

beforeAll(async () => {
  const { organizationId } = await createOrganization(
    "test",
    { slug: "mail", name: "메일", secondFactorNeeded: false },
    now,
  );
  actor = { kind: "job", name: "mail", organizationId };
  port = await server.listen();
});
beforeEach(async () => {
  now = new Date();
  server.letters.length = 0;
  server.recipient = "250 ok";
  await ingest(actor, "job:run", (tx) => tx.mail.deleteMany({}));
});
afterAll(async () => {
  await server.close();
  await closeDatabase();
});

async function queue(count = 1): Promise<void> {
  await ingest(actor, "job:run", async (tx) => {
    for (let at = 0; at < count; at += 1) {
      const text = `안녕하십니까.\n\n${link}\n`;
      await queueMail(tx, actor.organizationId, { to: `to${at}@example.kr`, subject: "[담소] 초대", text });
    }
  });
  now = new Date(Date.now() + 1);
}
const mails = () => ingest(actor, "job:run", (tx) => tx.mail.findMany({ orderBy: { recipient: "asc" } }));
const settings = env();
/** Sends with other settings of the mail target. */
function to(target: string | undefined) {
  settings.SMTP_URL = target;
}
/** Quoted-printable or base64 read back. */
function textOf(data: string): string {
  const body = data.slice(data.indexOf("\r\n\r\n") + 4);
  if (/transfer-encoding: base64/i.test(data)) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

describe("mail", () => {
  it("goes to the server of SMTP_URL, each letter once, also by two processes", async () => {
    await queue(30);
    to(`smtp://127.0.0.1:${port}`);
    const both = await Promise.all([sendWaitingMail(now), sendWaitingMail(now)]);
    expect(both.reduce((sum, { sent }) => sum + sent, 0)).toBe(30);
    expect(new Set(server.letters.map((letter) => letter.to)).size).toBe(30);
    expect(server.letters).toHaveLength(30);
    expect(textOf(server.letters[0]?.data ?? "")).toContain(link);
    expect((await mails()).every((mail) => mail.sentAt !== null && mail.body === "")).toBe(true);
    expect(await sendWaitingMail(now)).toEqual({ sent: 0, waiting: 0 });
  });
  it("waits while the server is down, and goes once afterwards", async () => {
    await queue();
    to("smtp://127.0.0.1:1");
    expect(await sendWaitingMail(now)).toEqual({ sent: 0, waiting: 1 });
    const [waiting] = await mails();
    expect([waiting?.sentAt, waiting?.attempts]).toEqual([null, 1]);
    expect((waiting?.nextTryAt.getTime() ?? 0) - now.getTime()).toBe(30_000);
    expect(waiting?.failure).not.toContain("@");
    to(`smtp://127.0.0.1:${port}`);
    await ingest(actor, "job:run", (tx) => tx.mail.updateMany({ data: { nextTryAt: now } }));
    expect(await sendWaitingMail(now)).toEqual({ sent: 1, waiting: 0 });
    expect(server.letters).toHaveLength(1);
  });
  it("is given up for a recipient that does not exist", async () => {
    await queue();
    server.recipient = "550 5.1.1 no such user";
    to(`smtp://127.0.0.1:${port}`);
    await sendWaitingMail(now);
    const [mail] = await mails();
    expect([mail?.sentAt, mail?.body, mail?.nextTryAt.getUTCFullYear()]).toEqual([null, "", 9999]);
  });
  it("is tried again for a recipient that is refused for now", async () => {
    await queue();
    server.recipient = "451 4.3.0 later";
    to(`smtp://127.0.0.1:${port}`);
    await sendWaitingMail(now);
    expect((await mails())[0]?.nextTryAt.getTime()).toBe(now.getTime() + 30_000);
  });
  it("is kept as a file where there is no server", async () => {
    rmSync(settings.DAMSO_MAIL, { recursive: true, force: true });
    await queue();
    to(undefined);
    expect(await sendWaitingMail(now)).toEqual({ sent: 1, waiting: 0 });
    const [name = "", ...more] = readdirSync(settings.DAMSO_MAIL);
    expect([name.endsWith(".eml"), more]).toEqual([true, []]);
    const letter = readFileSync(`${settings.DAMSO_MAIL}/${name}`, "utf8");
    expect(letter).toContain("To: to0@example.kr");
    expect(textOf(letter.replaceAll(/\r?\n/g, "\r\n"))).toContain(link);
  });
  it("lies sealed in the outbox", async () => {
    await queue();
    expect((await mails())[0]?.body).not.toContain("invite");
  });
});
