import { useTranslations } from "next-intl";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Hash } from "@/components/ui/text";
import { type CurrentSymbols, symbolKinds } from "@/lib/placements/schema/button-kit";

const noneOf = { symbol: "none", button: "noneButton", logo: "noneLogo" } as const;

/** What buttons show now, as everybody's pages load it. */
export function SymbolsNow({ current }: { current: CurrentSymbols }) {
  const t = useTranslations("placements.symbol");
  return (
    <div className="mb-7 grid grid-cols-2 gap-4 max-desk:grid-cols-1">
      {symbolKinds.map((kind) => {
        const symbol = current[kind];
        const words = symbol ? { kind: t(`kinds.${kind}`), number: symbol.number } : null;
        return (
          <Panel key={kind} title={t(`kinds.${kind}`)} footer={t(`kindNotes.${kind}`)}>
            <PanelPart>
              {symbol && words ? (
                <>
                  <div className="consult-page mb-2">
                    <svg
                      width={Math.min(symbol.width, 220)}
                      height={Math.min(symbol.height, (220 * symbol.height) / symbol.width, 96)}
                      viewBox={`0 0 ${symbol.width} ${symbol.height}`}
                      role="img"
                      aria-label={t("now.alt", words)}
                    >
                      <image href={`/embed/symbol/${symbol.sha256}.png`} width={symbol.width} height={symbol.height} />
                    </svg>
                  </div>
                  <p className="flex flex-wrap justify-between gap-x-3 text-xs text-fg-3">
                    {t("list.version", words)}
                    <Hash value={symbol.sha256} head={8} tail={8} />
                  </p>
                </>
              ) : (
                <p className="text-sm text-fg-2">{t(`now.${noneOf[kind]}`)}</p>
              )}
            </PanelPart>
          </Panel>
        );
      })}
    </div>
  );
}
