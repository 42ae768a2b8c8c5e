// Messages that ask a customer for personal data: guide 3-1 wants a consent before they are collected. Our reading of words, which may miss some.
import type { TemplateContent } from "../schema/content";
import type { Finding } from "./report";
import { textsOf } from "./texts";

/** What is asked for; `residentNumber` may be processed only where a law says so (개인정보 보호법 제24조의2; checked 2026-11-22). */
export const personalDataKinds = [
  ...["residentNumber", "name", "phone", "email", "address", "birth", "account", "card", "health"],
] as const;
export type PersonalDataKind =
  | ("residentNumber" | "name" | "phone" | "email" | "address" | "birth" | "account")
  | ("card" | "health");

const kinds: Readonly<Record<PersonalDataKind, RegExp>> = {
  residentNumber: /주민\s?(등록)?\s?번호|resident (registration )?number/,
  name: /성함|성명|이름|your (full )?name/,
  phone: /연락처|전화\s?번호|핸드폰\s?번호|휴대폰|휴대\s?전화|(phone|mobile) number/,
  email: /이메일|전자\s?우편|메일\s?주소|e-?mail address/,
  address:
    /(?<!이메일 |이메일|메일 |메일|누리집 |홈페이지 |링크 )주소|배송지|거주지|(home|postal|street|delivery) address/,
  birth: /생년월일|생일|date of birth|birthday/,
  account: /계좌\s?번호|환불\s?계좌|bank account/,
  card: /카드\s?번호|card number/,
  health: /진단명|병력|복용\s?(중인 )?약|증상|medical history|symptoms/,
};

/** Asked for, in one sentence with it. */
const asking =
  /(알려|남겨|적어|보내|입력해|입력하여|입력하셔|기재해|기입해|작성해|말씀해|제출해|회신해|답해|확인해 드릴 수 있도록)\s?(주|줘|달라|드)|부탁(드립|합)|(입력|기재|기입|회신|제출)\s?(바랍|하십시오|하세요|하시면|부탁)|\b(tell|send|give|enter|provide|leave|reply with|share)\b/;
const refusing =
  /(마십시오|마세요|말아\s?주|않습니다|않아요|않으며|않으니|no need|do not|don't|never|바꾸|변경하)|없이도/;
/** "연락처로", "이메일로": a way, nothing that is asked for. */
const way = /(으로|로)(?=[\s,.]|$)/;

/** What a sentence asks for. */
function asked(sentence: string): PersonalDataKind[] {
  if (!asking.test(sentence) || refusing.test(sentence)) return [];
  return personalDataKinds.flatMap((kind) => {
    const pattern = new RegExp(kinds[kind as PersonalDataKind], "gi");
    const found = [...sentence.matchAll(pattern)].some((one) => {
      const after = sentence.slice(one.index + one[0].length);
      return way.exec(after)?.index !== 0;
    });
    return found ? [kind as PersonalDataKind] : [];
  });
}

export type PersonalDataAsked = { path: string; kinds: PersonalDataKind[] };

/** Fields of a message that ask for personal data, top to bottom, and what they ask for. */
export function personalDataAsked(content: TemplateContent): PersonalDataAsked[] {
  return textsOf(content).flatMap(({ path, text, what }) => {
    if (what !== "words" || path.endsWith(".alt")) return [];
    const sentences = text
      .normalize("NFC")
      .toLowerCase()
      .split(/(?<=[.!?。])\s+|\n+/);
    const kinds = [...new Set(sentences.flatMap(asked))];
    return kinds.length > 0 ? [{ path, kinds }] : [];
  });
}

/** An approved form that is still asked; null channel: every channel. */
export type ConsentCover = { channelId: string | null };

/** Whether consents are asked wherever a template may be sent: on its channel, or on every one. */
export function isCovered(channelId: string | null, forms: readonly ConsentCover[]): boolean {
  return forms.some((form) => form.channelId === null || form.channelId === channelId);
}

/**
 * A template that asks for personal data while no consent form covers its channel (guide 3-1), and one that asks for a resident number at all.
 * Warnings: words are read, not understood.
 */
export function personalDataFindings(
  content: TemplateContent,
  { channelId, forms }: { channelId: string | null; forms: readonly ConsentCover[] },
): Finding[] {
  const covered = isCovered(channelId, forms);
  return personalDataAsked(content).flatMap(({ path, kinds }): Finding[] => [
    ...(covered
      ? []
      : [
          {
            ...{ path, severity: "warning" as const, rule: "personalData.noConsent", values: {} },
            ...{ source: "guide" as const, section: "3-1" },
          },
        ]),
    ...(kinds.includes("residentNumber")
      ? [
          {
            ...{ path, severity: "warning" as const, rule: "personalData.residentNumber", values: {} },
            ...{ source: "ours" as const, section: "" },
          },
        ]
      : []),
  ]);
}
