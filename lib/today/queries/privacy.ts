import type { Tx } from "@/lib/db/client";
import { findingsIn } from "@/lib/privacy/queries/get-findings";
import { consentCode } from "@/lib/privacy/rules/consent";
import type { Finding } from "@/lib/privacy/rules/findings";
import type { Waiting } from "../rules";

/** At most so many of each: what waits longest comes first. */
const most = 50;

type Asked = { id: string; name: string; number: number; version: number };

/** Notices, consents, the list and the public page that say otherwise than what is decided (guide 3-1), and what waits for a second person. */
export async function waitingPrivacy(tx: Tx, now: Date): Promise<Waiting[]> {
  const notices = await tx.$queryRaw<Asked[]>`
    SELECT n.channel_id AS id, c.name, 0 AS number, v.number AS version FROM notices n JOIN channels c ON c.id = n.channel_id
    JOIN notice_versions v ON v.notice_id = n.id AND v.number = n.version
    JOIN LATERAL (SELECT kind, at FROM notice_steps WHERE organization_id = n.organization_id AND version_id = v.id ORDER BY at DESC, id DESC LIMIT 1) s
      ON s.kind = 'submitted' ORDER BY s.at LIMIT ${most}`;
  const forms = await tx.$queryRaw<Asked[]>`
    SELECT f.id, f.name, f.number, f.version FROM consent_forms f
    JOIN LATERAL (SELECT kind, at FROM consent_steps WHERE organization_id = f.organization_id AND form_id = f.id AND number = f.version
      ORDER BY at DESC, id DESC LIMIT 1) s ON s.kind = 'submitted' WHERE f.retired_at IS NULL ORDER BY s.at LIMIT ${most}`;
  const place = { group: "privacy", dueOn: null } as const;
  return [
    ...notices.map(
      ({ id, name, version }): Waiting => ({
        ...{ ...place, entry: "notices", id: `notice-asked:${id}`, kind: "noticeAsked", values: { name, version } },
        ...{ roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"], subject: name, href: `/privacy/notices/${id}` },
      }),
    ),
    ...forms.map(
      ({ id, name, number, version }): Waiting => ({
        ...{ ...place, entry: "consents", id: `consent-asked:${id}`, kind: "consentAsked", values: { name, version } },
        ...{ roles: ["CLIENT_ADMIN"], subject: consentCode(number), href: `/privacy/consents/${id}` },
      }),
    ),
    ...grouped(await findingsIn(tx, now)),
  ];
}

const entries = { notice: "notices", consent: "consents", consignees: "consignees", page: "channels" } as const;
const kinds = {
  notice: "noticeDiffers",
  consent: "consentDiffers",
  consignees: "listDiffers",
  page: "pageDiffers",
} as const;

/** One line for each thing that is to be mended, with how many places of it. */
function grouped(findings: readonly Finding[]): Waiting[] {
  const groups = new Map<string, Finding[]>();
  for (const one of findings) {
    const late = one.kind === "notApplied" || one.kind === "notVerified";
    const key = `${late ? one.id : one.place}:${one.href}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].map(([key, group]): Waiting => {
    const [first] = group;
    if (!first) throw new Error("A group of findings is never empty");
    const { place, kind, subject, values, owner, href } = first;
    const late = kind === "notApplied" || kind === "notVerified";
    return {
      ...{ id: `privacy:${key}`, group: "privacy", entry: entries[place], roles: [owner], dueOn: null, href },
      kind: late ? kind : kinds[place],
      values: { ...values, name: subject, count: group.length },
      subject,
    };
  });
}
