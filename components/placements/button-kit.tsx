import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Code } from "@/components/ui/code";
import { ConsultButton } from "@/components/ui/consult-button";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Section } from "@/components/ui/section";
import { Segments } from "@/components/ui/tabs";
import { buttonAddress, consultUrl } from "@/lib/placements/rules";
import {
  consultLabels,
  embedSnippet,
  htmlSnippet,
  imageSnippet,
  kitStyles,
  linkSnippet,
  neededPolicy,
  symbolAddress,
  symbolBox,
} from "@/lib/placements/rules/button-kit";
import type { PlacementRow } from "@/lib/placements/schema";
import {
  type CurrentSymbols,
  type KitOptions,
  type KitWay,
  kitOptionsSchema,
} from "@/lib/placements/schema/button-kit";
import { Copy } from "./placement-addresses";

type Kit = { placement: PlacementRow; origin: string; options: KitOptions; symbols: CurrentSymbols };

/** Which ways suit where the button hangs: an app screen has no page to put HTML in. */
export function kitWaysOf(placement: Pick<PlacementRow, "medium">): readonly KitWay[] {
  return placement.medium === "app" ? ["link"] : ["script", "html", "link", "image"];
}

/** The ways to put a button on a page: what to copy, what it does, what the page's policy must allow. */
export function ButtonKit(kit: Kit) {
  const { placement } = kit;
  const t = useTranslations("placements.kit");
  return (
    <>
      {kitWaysOf(placement).map((way) => (
        <Way key={way} way={way} kit={kit} />
      ))}
      {placement.mode === "direct" ? (
        <Section title={t("direct.title")} note={t("direct.note")}>
          <Snippet label={t("direct.address")} text={consultUrl(placement)} />
          <ul className="list-disc pl-5 text-sm text-fg-2">
            {(["pc", "mobile", "off"] as const).map((remark) => (
              <li key={remark}>{t(`direct.${remark}`)}</li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function Way({ way, kit: { placement, origin, options, symbols } }: { way: KitWay; kit: Kit }) {
  const t = useTranslations("placements.kit");
  const address = placement.mode === "direct" ? consultUrl(placement) : buttonAddress(origin, placement.code);
  const policy = neededPolicy(way, origin, symbols.symbol !== null);
  const missing = way === "image" && symbols.button === null;
  return (
    <Section title={t(`ways.${way}.title`)} note={t(`ways.${way}.note`)}>
      <p className="mb-2 text-sm text-fg-2">{t(`ways.${way}.does`)}</p>
      {way === "script" ? (
        <Snippet label={t("code.script")} text={embedSnippet(origin, placement.code, options)} />
      ) : null}
      {way === "html" ? (
        <>
          <Snippet label={t("code.html")} text={htmlSnippet({ origin, address }, options, symbols.symbol)} />
          <Snippet label={t("code.styles")} text={kitStyles} />
        </>
      ) : null}
      {way === "link" ? (
        <>
          <Snippet label={t("code.address")} text={address} />
          {placement.medium === "app" ? null : <Snippet label={t("code.link")} text={linkSnippet(address, options)} />}
        </>
      ) : null}
      {way === "image" && symbols.button ? (
        <Snippet label={t("code.image")} text={imageSnippet({ origin, address }, options, symbols.button)} />
      ) : null}
      {missing ? (
        <Callout
          kind="off"
          title={t("noButton")}
          actions={
            <LinkButton size="sm" href="/placements/symbol">
              {t("toSymbol")}
            </LinkButton>
          }
        >
          {t("noButtonNote")}
        </Callout>
      ) : (
        <Policy policy={policy} />
      )}
    </Section>
  );
}

function Policy({ policy }: { policy: readonly string[] }) {
  const t = useTranslations("placements.kit");
  if (policy.length === 0) return <p className="hint">{t("policyNone")}</p>;
  return (
    <>
      <Snippet label={t("policy")} text={policy.join("; ")} />
      <p className="hint">{t("policyNote")}</p>
    </>
  );
}

function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <div className="mb-3">
      <div className="mb-1 flex items-center justify-between gap-3">
        <h3 className="text-sm font-medium">{label}</h3>
        <Copy text={text} what={label} />
      </div>
      <Code label={label}>{text}</Code>
    </div>
  );
}

/** Choices, kept in the address, and how the button looks with them on a light and a dark page and under the keyboard. */
export function KitPreview({ here, options, symbols, origin }: Omit<Kit, "placement"> & { here: string }) {
  const t = useTranslations("placements.kit");
  const { symbol } = symbols;
  const drawn = {
    ...{ label: consultLabels[options.label], lang: options.label },
    ...{ large: options.size === "large", wide: options.shape === "wide" },
    ...(symbol
      ? {
          symbol: {
            address: new URL(symbolAddress(origin, symbol.sha256)).pathname,
            ...symbolBox(symbol, options.size),
          },
        }
      : {}),
  };
  return (
    <Panel title={t("preview.title")} footer={t("preview.look")}>
      <PanelPart>
        <div className="grid gap-3">
          {(["size", "shape", "label"] as const).map((name) => (
            <Choice key={name} name={name} here={here} options={options} />
          ))}
        </div>
      </PanelPart>
      <PanelPart>
        <div className="grid gap-3">
          {(["light", "dark", "focus"] as const).map((page) => (
            <figure key={page}>
              <div className={page === "light" ? "consult-page" : "consult-page dark"}>
                <ConsultButton {...drawn} ring={page === "focus"} />
              </div>
              <figcaption className="hint">{t(`preview.${page}`)}</figcaption>
            </figure>
          ))}
        </div>
      </PanelPart>
      <PanelPart>
        {symbol ? (
          <p className="hint">{t("symbolShown", { number: symbol.number })}</p>
        ) : (
          <Callout kind="off" title={t("noSymbol")}>
            <p className="mb-2">{t("noSymbolNote")}</p>
            <LinkButton size="sm" href="/placements/symbol">
              {t("toSymbol")}
            </LinkButton>
          </Callout>
        )}
      </PanelPart>
    </Panel>
  );
}

function Choice({ name, here, options }: { name: keyof KitOptions; here: string; options: KitOptions }) {
  const t = useTranslations("placements.kit");
  const usual = kitOptionsSchema.parse({});
  const values = { size: ["small", "large"], shape: ["button", "wide"], label: ["ko", "en"] } as const;
  const addressOf = (value: string) => {
    const chosen = Object.entries({ ...options, [name]: value });
    const kept = chosen.filter(([key, one]) => usual[key as keyof KitOptions] !== one);
    return kept.length === 0 ? here : `${here}?${new URLSearchParams(kept)}`;
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span className="text-xs text-fg-2">{t(`choice.${name}.title`)}</span>
      <Segments
        label={t(`choice.${name}.title`)}
        items={values[name].map((value) => ({
          href: addressOf(value),
          label: t(`choice.${value}`),
          current: options[name] === value,
        }))}
      />
    </div>
  );
}
