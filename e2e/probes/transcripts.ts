// Who may find, open, unmask and mark consultations, download their files, and set the purposes of looking.
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { makeFileKey, openSessionKeys, sealAttachment } from "@/lib/archive/seal";
import { sealStream } from "@/lib/archive/streams";
import { ingest } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import { can } from "@/lib/auth/permissions";
import { fileStore, newFileId } from "@/lib/storage";
import { addPurpose } from "@/lib/transcripts/commands/edit-purposes";
import { openLook, unmaskLook } from "@/lib/transcripts/commands/open-look";
import type { Role } from "@/prisma/generated/enums";
import { type Company, makeConsult } from "../harness-company";
import { owner } from "../harness-database";
import { count, fresh, type Probe, say, sendForm } from "./probe";

const consult = (company: Company) => makeConsult(company, company.channelId, company.connectionId);
const reason = () => `시험으로 열어 봅니다. ${fresh()}`;

/** A consultation looked at by whoever will ask, or by the officer where that one may not. */
async function looked(company: Company, role: Role) {
  const sessionId = await consult(company);
  const { actor } = can(company.people[role].actor, "transcript:read")
    ? company.people[role]
    : company.people.COMPLIANCE_OFFICER;
  const { purposeId } = company;
  const lookId = await openLook(actor, { sessionId, purposeId, reason: reason() }, new Date());
  return { actor, sessionId, lookId };
}

/** A kept file of a consultation, its look unmasked. */
async function kept(company: Company, role: Role) {
  const { actor, sessionId, lookId } = await looked(company, role);
  await unmaskLook(actor, { sessionId, lookId }, new Date());
  return { sessionId, attachmentId: (await keepFile(company, sessionId)).attachmentId };
}

/** Keeps a file that says the company's marker with a consultation, as if it had been fetched. */
export async function keepFile(company: Company, sessionId: string): Promise<{ attachmentId: string; fileId: string }> {
  const attachmentId = randomUUID();
  const fileId = newFileId();
  await ingest({ kind: "job", name: "trust", organizationId: company.id }, "attachment:keep", async (tx) => {
    const sessionKey = (await openSessionKeys(tx, company.id, [sessionId])).get(sessionId);
    const ring = await tx.sessionKey.findFirst({ where: { sessionId }, select: { ring: true } });
    const message = await tx.message.findFirst({ where: { sessionId }, select: { id: true, at: true } });
    if (!sessionKey || !ring || !message) throw new Error("The consultation has no key or no message");
    const place = { url: "https://files.example/1.pdf", name: `파일 ${company.marker}.pdf` };
    const common = { id: attachmentId, organizationId: company.id, sessionId, messageId: message.id, at: message.at };
    await tx.attachment.create({
      data: {
        ...{ ...common, kind: "file", host: "files.example", state: "kept", fileId, mime: "application/pdf" },
        sealed: Uint8Array.from(sealAttachment(sessionKey, attachmentId, place)),
      },
    });
    const key = await makeFileKey(tx, company.id, attachmentId, ring.ring);
    const sealed = Readable.from([Buffer.from(`파일 내용 ${company.marker}`)]).pipe(sealStream(key, fileId));
    await fileStore().putStream(fileId, sealed, 1_000_000);
  });
  return { attachmentId, fileId };
}

/** Sessions whose page has the forms of an open look, by company. */
const lookedAt = new Map<string, string>();

/** A look of the officer's that outlasts the suite. */
export async function prepareTranscripts(company: Company): Promise<void> {
  const { sessionId, lookId } = await looked(company, "COMPLIANCE_OFFICER");
  await (await owner()).query("UPDATE looks SET until = now() + interval '1 day' WHERE id = $1", [lookId]);
  lookedAt.set(company.id, sessionId);
}

export const transcriptProbes = {
  "transcript:search": {
    target: async (company) => ({ id: await consult(company) }),
    act: (who, { id }) => who.get(`/transcripts/${id}`),
    effect: async ({ id = "" }, answer) => answer.status === 200 && answer.text.includes(id),
    ids: ["id"],
    refusal: 403,
  },
  "transcript:read": {
    target: async (company) => ({ id: await consult(company), purposeId: company.purposeId, reason: reason() }),
    act: (who, { id = "", purposeId = "", reason: why = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: `/transcripts/${home.sessionId}`,
        has: { purposeId: true, reason: true },
        change: { sessionId: id, purposeId, reason: why },
      }),
    effect: async ({ id, reason: why }) =>
      (await count("SELECT count(*) n FROM looks WHERE session_id = $1 AND reason = $2", id, why)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "transcript:unmask": {
    target: async (company, role) => {
      const { sessionId, lookId } = await looked(company, role);
      return { sessionId, lookId };
    },
    act: (who, { sessionId = "", lookId = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: `/transcripts/${lookedAt.get(home.id)}`,
        has: { lookId: true },
        words: say("transcripts.reading.look.unmaskAct"),
        change: { sessionId, lookId },
      }),
    effect: async ({ lookId }) =>
      (await count("SELECT count(*) n FROM looks WHERE id = $1 AND unmasked_at IS NOT NULL", lookId)) === 1,
    ids: ["sessionId", "lookId"],
    refusal: 404,
  },
  "transcript:classify": {
    target: async (company) => ({ id: await consult(company) }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: `/transcripts/${home.sessionId}`,
        has: { ids: true, category: true },
        change: { ids: id, category: "dispute" },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM consult_sessions WHERE id = $1 AND category = 'dispute'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "transcript:forward": {
    target: async (company) => ({ id: await consult(company), text: `전달한 글 ${fresh()}` }),
    act: (who, { id = "", text = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: `/transcripts/${home.sessionId}`,
        has: { source: true, text: true },
        change: { sessionId: id, source: "alimtalk", text },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM messages WHERE session_id = $1 AND kind = 'forwarded'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "attachment:download": {
    target: (company, role) => kept(company, role),
    act: (who, { sessionId, attachmentId }) => who.get(`/transcripts/${sessionId}/attachments/${attachmentId}`),
    effect: async (_, answer) => answer.status === 200 && answer.text.startsWith("파일 내용"),
    ids: ["sessionId", "attachmentId"],
    refusal: 404,
  },
  "purpose:read": {
    target: async () => ({}),
    act: (who) => who.get("/transcripts/purposes"),
    effect: async (_, answer) => answer.status === 200 && answer.text.includes(say("transcripts.purposes.about")),
    ids: [],
    refusal: 403,
  },
  "purpose:edit": {
    target: async (company) => {
      const input = { name: fresh(), scope: "", unmask: false, separated: false, position: 1 };
      const purposeId = await addPurpose(company.people.COMPLIANCE_OFFICER.actor, input, new Date());
      return { purposeId, version: "1", name: fresh() };
    },
    act: (who, { purposeId = "", version = "", name = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: "/transcripts/purposes",
        has: { purposeId: true, name: true },
        words: say("transcripts.purposes.save"),
        change: { purposeId, version, name },
      }),
    effect: async ({ purposeId, name }) =>
      (await count("SELECT count(*) n FROM view_purposes WHERE id = $1 AND name = $2", purposeId, name)) === 1,
    ids: ["purposeId"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
