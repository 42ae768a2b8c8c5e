// What privacy tests stand on: a policy in force and a consignment contract for a channel, written by the owner.
import { randomUUID } from "node:crypto";
import type { TestCompany } from "@/lib/test-company";

/** Puts a policy version in force; the same `policyId` again is its next version. @returns the policy's id */
export async function policyInForce(
  company: TestCompany,
  period: { count: number; unit: "days" | "months" | "years" },
  more: { policyId?: string; number?: number; category?: string; channelId?: string; at?: Date } = {},
): Promise<string> {
  const { owner, ours, officer, admin } = company;
  const { policyId = randomUUID(), number = 1, category = null, channelId = null, at = new Date() } = more;
  if (number === 1) {
    await owner.query(
      `INSERT INTO retention_policies (id, organization_id, number, name, category, channel_id, created_by)
       SELECT $1, $2, coalesce(max(number), 0) + 1, '일반 문의', $3, $4, $5 FROM retention_policies WHERE organization_id = $2`,
      [policyId, ours, category, channelId, officer.personId],
    );
  }
  await owner.query(
    `INSERT INTO policy_versions (organization_id, policy_id, number, count, unit, anchor, basis, text, hash, person_id)
     VALUES ($1, $2, $3, $4, $5, 'session-end', 'own', '{}', 'x', $6)`,
    [ours, policyId, number, period.count, period.unit, officer.personId],
  );
  await owner.query(
    "INSERT INTO policy_steps (organization_id, policy_id, kind, number, hash, person_id, at) VALUES ($1, $2, 'approved', $3, 'x', $4, $5)",
    [ours, policyId, number, admin.personId, at],
  );
  return policyId;
}

/** Puts an approved consignment contract over a channel. @returns its id */
export async function contractInForce(
  company: TestCompany,
  channelId: string,
  { consignee = "인포뱅크 주식회사", subConsignee = "주식회사 카카오" } = {},
): Promise<string> {
  const { owner, ours, officer, admin } = company;
  const id = randomUUID();
  await owner.query(
    `INSERT INTO contracts (id, organization_id, number, title, dealer, service, consignment, consignor, consignee, sub_consignee, starts_on, renewal, created_by)
     VALUES ($1, $2, $3, '상담톡 위수탁 계약', 'infobank', true, true, '주식회사 한결생활', $4, $5, '2025-01-01', 'tacit', $6)`,
    [id, ours, `HG-${id.slice(0, 8)}`, consignee, subConsignee, admin.personId],
  );
  await owner.query(
    "INSERT INTO contract_versions (organization_id, contract_id, number, text, hash, person_id) VALUES ($1, $2, 1, '{}', 'x', $3)",
    [ours, id, admin.personId],
  );
  await owner.query(
    "INSERT INTO contract_steps (organization_id, contract_id, kind, number, hash, person_id) VALUES ($1, $2, 'approved', 1, 'x', $3)",
    [ours, id, officer.personId],
  );
  await owner.query(
    "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, '2025-01-01')",
    [ours, id, channelId],
  );
  return id;
}

/** A text that says all that it must. */
export const goodNotice = [
  "안녕하세요, #{회사명} 고객센터입니다. 상담은 #{상담시간}에 운영합니다.",
  "· 상담 내용은 문의 처리와 분쟁 대응을 위해 상담 종료 후 #{보유기간}간 보관한 뒤 파기합니다.",
  "· 상담 시스템 운영은 #{수탁자}에 위탁하며, #{수탁자}은(는) 메시지 송수신을 #{재수탁자}에 재위탁합니다.",
  "· 보관 내용의 열람, 삭제, 처리정지는 이 채팅방이나 #{문의처}(으)로 요청하실 수 있습니다.",
].join("\n");
