/** The official dealers of 상담톡 as Kakao's guide lists them. The guide gives no mail address, so none is kept. */

export type Dealer = {
  /** Stays the same when a dealer renames itself; what `Channel.dealer` keeps. */
  slug: string;
  /** As the guide spells it. */
  name: string;
  /** As the guide prints it. */
  phone: string;
};

/** Where the list comes from and when somebody compared it last (KST day). */
export const directorySource = {
  title: "카카오비즈니스 가이드 · 상담톡 1-1 ➋",
  url: "https://kakaobusiness.gitbook.io/main/ad/bizmessage/consult",
  checkedOn: "2026-11-22",
} as const;

/** In the guide's order. */
export const dealers = [
  { slug: "spectra", name: "스펙트라", phone: "02-508-7799" },
  { slug: "mbi-solution", name: "엠비아이솔루션", phone: "1666-5263" },
  { slug: "transcosmos-korea", name: "트랜스코스모스코리아", phone: "02-790-8106" },
  { slug: "infobank", name: "인포뱅크", phone: "031-628-1740" },
  { slug: "lunasoft", name: "루나소프트", phone: "1644-4998" },
  { slug: "hankuk-cloud", name: "(주)한국클라우드", phone: "070-5001-2290" },
  { slug: "channel-corporation", name: "채널코퍼레이션", phone: "02-1644-4052" },
  { slug: "dktechin", name: "(주)디케이테크인", phone: "1555-0055" },
  { slug: "the-white-communication", name: "더화이트커뮤니케이션 (주)", phone: "02-468-1112" },
] as const satisfies readonly Dealer[];

export type DealerSlug = (typeof dealers)[number]["slug"];

export const dealerSlugs: readonly DealerSlug[] = dealers.map((dealer) => dealer.slug);

/** The dealer behind a slug, or null for an unknown or missing one. */
export function dealerBySlug(slug: string | null): Dealer | null {
  return dealers.find((dealer) => dealer.slug === slug) ?? null;
}
