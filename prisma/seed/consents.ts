// Consent forms and what users answered over the past months. For the demonstration.
import { createHash } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { userHandle } from "@/lib/keyring";
import { noticeFactsOf } from "@/lib/privacy/queries/notice-facts";
import {
  type ConsentTarget,
  type ConsentWords,
  consentHash,
  consentMessage,
  consentText,
} from "@/lib/privacy/rules/consent";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";
import { ago, type PrivacyContext } from "./privacy";

type FormPlan = {
  number: number;
  name: string;
  kind: ConsentTarget["kind"];
  words: ConsentWords;
  daysAgo: number;
  approved: boolean;
};

const order: ConsentWords = {
  ...{
    purpose: "주문 조회와 배송·교환·반품 처리",
    items: ["이름", "휴대전화번호", "주문번호"],
    periodOf: "policy",
    count: null,
  },
  ...{
    unit: null,
    refusal: "동의하지 않으시면 주문 조회를 도와드리지 못합니다.",
    recipient: "",
    optional: false,
    minors: "refuse",
  },
};
const forms: readonly FormPlan[] = [
  { number: 1, name: "주문 조회", kind: "collection", words: order, daysAgo: 190, approved: true },
  {
    ...{ number: 2, name: "상담 뒤 소식 받기", kind: "marketing", daysAgo: 3, approved: false },
    words: {
      ...order,
      ...{
        purpose: "새 상품 소식 안내",
        items: ["휴대전화번호"],
        optional: true,
        periodOf: "own",
        count: 1,
        unit: "years",
      },
      refusal: "동의하지 않으셔도 상담을 받으실 수 있습니다.",
    },
  },
];

/** A form that is asked, one that waits, and forty answers; once. */
export async function seedConsents({ now, channelId: of, officer, admin }: PrivacyContext): Promise<void> {
  const channelId = of("한결생활");
  const { organizationId, personId } = officer;
  await ingest(officer, "consent:record", async (tx) => {
    if ((await tx.consentForm.count({ where: { organizationId } })) > 0) return;
    const period = (await noticeFactsOf(tx, [channelId], now)).get(channelId)?.periods.main?.period ?? null;
    for (const { number, name, kind, words, daysAgo, approved } of forms) {
      const id = seededId(organizationId, "consent-form", String(number));
      const versionId = seededId(id, "version", "1");
      const target = { number, name, kind, channelId };
      const text = consentText(target, words);
      const hash = consentHash(text);
      const about = { kind: "consent-form", id };
      const at = ago(now, daysAgo, 10, 40);
      await tx.consentForm.create({ data: { ...target, id, organizationId, createdBy: personId, createdAt: at } });
      const said = { ...words, items: [...words.items] };
      await tx.consentVersion.create({
        data: { ...said, id: versionId, organizationId, formId: id, number: 1, text, hash, personId, at },
      });
      await recordPastEvent(tx, officer, at, {
        action: "consent-form.drafted",
        target: about,
        body: { number, version: 1, hash },
      });
      const sent = consentMessage(kind, words, period);
      const step = async (word: string, who: PersonActor, when: Date) => {
        const row = { organizationId, formId: id, kind: word, number: 1, hash, sent, personId: who.personId, at: when };
        await tx.consentStep.create({ data: row });
        await recordPastEvent(tx, who, when, {
          action: `consent-form.${word}`,
          target: about,
          body: { version: 1, hash },
        });
      };
      await step("submitted", officer, ago(now, daysAgo, 11));
      if (!approved) continue;
      await step("approved", admin, ago(now, daysAgo - 1, 9, 30));
      await answers(tx, { now, channelId, officer, formId: id, versionId, hash, from: daysAgo - 2 });
    }
  });
}

type Answers = {
  now: Date;
  channelId: string;
  officer: PersonActor;
  formId: string;
  versionId: string;
  hash: string;
  from: number;
};

/** Forty users answered; some refused, two took it back. */
async function answers(tx: Tx, { now, channelId, officer, formId, versionId, hash, from }: Answers): Promise<void> {
  const { organizationId, personId } = officer;
  for (let user = 0; user < 40; user += 1) {
    const key = createHash("sha256").update(`${organizationId} consent ${user}`).digest("base64url").slice(0, 20);
    const handle = userHandle(organizationId, channelId, key);
    const id = seededId(formId, "consent", String(user));
    const at = ago(now, Math.max(1, from - user * 4), 9 + (user % 8), (user * 7) % 60);
    const given = user % 9 !== 4;
    const how = user % 3 === 0 ? "chat" : "button";
    const row = {
      id,
      organizationId,
      formId,
      versionId,
      channelId,
      userHandle: Uint8Array.from(handle),
      given,
      how,
      at,
    };
    await tx.consent.create({ data: { ...row, personId, recordedAt: at } });
    const subject = handle.toString("hex");
    const body = { form: formId, version: 1, hash, channel: channelId, session: null, how };
    const action = given ? "consent.given" : "consent.refused";
    await recordPastEvent(tx, officer, at, { action, target: { kind: "consent", id }, subject, body });
    if (user !== 11 && user !== 25) continue;
    const back = new Date(at.getTime() + 20 * 86_400_000);
    await tx.consentWithdrawal.create({
      data: { consentId: id, organizationId, how: "chat", at: back, personId, recordedAt: back },
    });
    await recordPastEvent(tx, officer, back, {
      action: "consent.withdrawn",
      target: { kind: "consent", id },
      subject,
      body: { form: formId, how: "chat" },
    });
  }
}
