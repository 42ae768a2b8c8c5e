// The demonstration's ways out: one contract that ends in nineteen days, half done; one that ended a year ago, complete.
import { createHash } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { fromDay } from "@/lib/dealers/day-column";
import type { ExitKey } from "@/lib/dealers/rules/exit-items";
import { fileStore } from "@/lib/storage";
import { content, once, seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type ExitContext = { now: Date; admin: PersonActor; officer: PersonActor; auditor: PersonActor };

type Said = { item: ExitKey; daysAgo: number; note: string; by?: "admin"; paper?: string };

const halfDone: readonly Said[] = [
  { item: "agents", daysAgo: 12, note: "상담팀 주간 회의에서 마지막 날과 한결생활 채널로 안내하는 문구를 알렸습니다." },
  { item: "texts", daysAgo: 5, note: "멤버십 가입 동의 문안 v3에 루나소프트 이름이 없음을 확인했습니다." },
];

const complete: readonly Said[] = [
  { item: "agents", daysAgo: 380, note: "상담원 전원에게 메일로 알렸습니다.", by: "admin" },
  { item: "consignees", daysAgo: 369, note: "처리방침 v5에서 스펙트라와 재수탁자를 지웠습니다." },
  { item: "texts", daysAgo: 368, note: "동의 문안에 딜러 이름이 없음을 확인했습니다." },
  { item: "deletion", daysAgo: 362, note: "대표이사 직인이 있는 원본입니다.", paper: "개인정보 파기 확인서.pdf" },
];

/** @param contracts ids of contracts with an agreed end, as `seedContracts` gives them */
export async function seedExits(context: ExitContext, contracts: { lunasoft: string; former: string }): Promise<void> {
  await markAll(context, contracts.lunasoft, halfDone);
  await markAll(context, contracts.former, complete);
  const { auditor, now } = context;
  await ingest(auditor, "contract:download", (tx) =>
    recordPastEvent(tx, auditor, moment(now, 360, 11 * 60 + 4), {
      action: "contract.register-exported",
      target: { kind: "contract", id: contracts.former },
      body: { format: "pdf", sha256: createHash("sha256").update(contracts.former).digest("hex"), closed: false },
    }),
  );
}

async function markAll({ now, admin, officer }: ExitContext, contractId: string, all: readonly Said[]): Promise<void> {
  for (const [index, said] of all.entries()) {
    const actor = said.by === "admin" ? admin : officer;
    const at = moment(now, said.daysAgo, 10 * 60 + 12 + index * 17);
    const file = said.paper ? await kept(said.paper, `${contractId}:${said.item}`) : null;
    await ingest(actor, "exit:mark", async (tx) => {
      const target = { kind: "contract", id: contractId };
      const id = seededId(contractId, "exit", said.item);
      if ((await tx.exitMark.count({ where: { id } })) > 0) return;
      const { organizationId, personId } = actor;
      const of = { organizationId, contractId, personId, at };
      if (file)
        await addPaper(tx, admin, { ...of, personId: admin.personId }, file, addDays(kstDay(now), -said.daysAgo));
      const ending = seededId(contractId, "end");
      const { item, note } = said;
      await tx.exitMark.create({
        data: { ...of, id, endingId: ending, item, kind: "done", note, fileId: file?.id ?? null },
      });
      const body = { ending, item, ...(file ? { file: file.id, sha256: file.sha256 } : {}) };
      await recordPastEvent(tx, actor, at, { action: "exit.marked", target, body });
    });
  }
}

type KeptFile = { id: string; name: string; mime: string; bytes: number; sha256: string };
type Of = { organizationId: string; contractId: string; personId: string; at: Date };

/** Uploaded a few minutes before it is named. */
async function addPaper(tx: Tx, admin: PersonActor, of: Of, file: KeptFile, signedOn: string): Promise<void> {
  const at = new Date(of.at.getTime() - 6 * 60_000);
  const { organizationId, contractId, personId } = of;
  await tx.evidenceFile.create({ data: { ...file, organizationId, channelId: null, personId, createdAt: at } });
  await tx.contractDocument.create({
    data: { organizationId, contractId, fileId: file.id, kind: "deletion", signedOn: fromDay(signedOn), personId, at },
  });
  await recordPastEvent(tx, admin, at, {
    action: "contract.document-uploaded",
    target: { kind: "contract", id: contractId },
    body: { kind: "deletion", file: file.id, sha256: file.sha256, bytes: file.bytes },
  });
}

async function kept(name: string, seed: string): Promise<KeptFile> {
  const digest = createHash("sha256").update(`exit:${seed}`).digest();
  const id = digest.toString("base64url").slice(0, 22);
  const { bytes, mime } = content(name, digest.readUInt16BE(0));
  const sum = await fileStore().putStream(id, once(bytes), bytes.length);
  return { id, name, mime, ...sum };
}

/** A minute of a day so many days before today, KST. */
function moment(now: Date, daysAgo: number, minute: number): Date {
  return new Date(kstDayStart(addDays(kstDay(now), -daysAgo)).getTime() + minute * 60_000);
}
