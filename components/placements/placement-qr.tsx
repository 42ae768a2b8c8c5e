import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import type { PlacementRow } from "@/lib/placements/schema";
import { quietZone } from "@/lib/qr";

const sizes = ["256", "512", "1024", "2048"];

/** The QR of a placement with its size, to look at and to take away. `matrix` says how it is made. */
export function PlacementQr({
  placement,
  matrix,
}: {
  placement: PlacementRow;
  matrix: { size: number; version: number };
}) {
  const t = useTranslations("placements");
  const address = `/b/${placement.code}/qr`;
  const checks = [
    [t("qr.checks.quiet", { modules: quietZone }), t("qr.checks.quietNote")],
    [t("qr.checks.level"), t("qr.checks.levelNote")],
    [t("qr.checks.personal"), t("qr.checks.personalNote")],
  ] as const;
  return (
    <Panel
      title={t("qr.title")}
      aside={<Status kind="ok">{t("qr.usable")}</Status>}
      footer={t("qr.facts", { version: matrix.version, size: matrix.size })}
    >
      <PanelPart>
        <div className="grid place-items-center rounded-lg bg-sunken p-5">
          <svg
            width={224}
            height={262}
            viewBox="0 0 224 262"
            role="img"
            aria-label={t("qr.alt", { name: placement.name })}
          >
            <rect
              x={2}
              y={2}
              width={220}
              height={258}
              rx={12}
              fill="#ffffff"
              className="stroke-kakao"
              strokeWidth={4}
            />
            <image href={`${address}.svg`} x={12} y={10} width={200} height={200} />
            <g className="fill-kakao-ink" textAnchor="middle">
              <text x={112} y={226} fontSize={13} fontWeight={650}>
                {t("qr.caption")}
              </text>
              <text x={112} y={245} fontSize={10.5}>
                {placement.code.length > 32 ? `${placement.code.slice(0, 31)}…` : placement.code}
              </text>
            </g>
          </svg>
        </div>
      </PanelPart>
      <PanelPart>
        <ul className="grid gap-2 text-xs">
          {checks.map(([what, note]) => (
            <li key={what} className="flex flex-wrap justify-between gap-x-3">
              <Status kind="ok">{what}</Status>
              <span className="text-fg-3">{note}</span>
            </li>
          ))}
        </ul>
      </PanelPart>
      <PanelPart>
        <form action={`${address}.png`} method="get" className="flex flex-wrap items-end gap-2">
          <label className="grid gap-1 text-xs">
            {t("qr.size")}
            <select name="px" className="input" defaultValue="1024">
              {sizes.map((px) => (
                <option key={px} value={px}>
                  {t("qr.pixels", { px })}
                </option>
              ))}
            </select>
          </label>
          <Button type="submit" icon={<Icon name="download" />}>
            {t("qr.png")}
          </Button>
          <a className="btn" href={`${address}.svg`} download={`${placement.code}.svg`}>
            <Icon name="download" />
            {t("qr.svg")}
          </a>
        </form>
      </PanelPart>
    </Panel>
  );
}
