import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { SymbolTable } from "@/components/placements/symbol-table";
import { SymbolUpload } from "@/components/placements/symbol-upload";
import { SymbolsNow } from "@/components/placements/symbols-now";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { listSymbols } from "@/lib/placements/queries/list-symbols";
import { currentSymbols } from "@/lib/placements/rules/consult-symbol";
import { withdrawSymbolAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements.symbol"))("title") };
}

type Search = Promise<{ refused?: string | string[] }>;

export default async function SymbolPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const { refused } = await searchParams;
  const [t, locale, symbols] = await Promise.all([
    getTranslations("placements"),
    getLocale() as Promise<Locale>,
    listSymbols(actor),
  ]);
  const may = can(actor, "symbol:upload");
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} />
      <PlacementTabs current="symbol" />
      <p className="mb-5 max-w-160 text-sm text-fg-2">{t("symbol.about")}</p>
      <SymbolsNow current={currentSymbols(symbols)} />
      {may ? <SymbolUpload refused={typeof refused === "string" ? refusalSentence(refused, locale) : null} /> : null}
      <SymbolTable symbols={symbols} withdraw={may ? withdrawSymbolAction : null} />
    </>
  );
}

/** The sentence of an upload's refusal, by its code in the address; nothing for a code that is none of ours. */
function refusalSentence(code: string, locale: Locale): string | null {
  if (!/^[A-Za-z-]{1,40}$/.test(code)) return null;
  const key = ["placements.symbol.refused", "channels.file"]
    .map((group) => `${group}.${code}`)
    .find((one) => hasSentence(one, locale));
  return key ? sentence(key, locale) : null;
}
