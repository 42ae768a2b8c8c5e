import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status, type StatusKind } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { outboundFailures } from "@/lib/outbound/failure";
import type { AddressState } from "@/lib/templates/rules/addresses";

const kinds: Readonly<Record<AddressState, StatusKind>> = { open: "ok", gone: "bad", refusing: "warn", failing: "bad" };

/** Where the message leads, and what answered there when somebody asked. `action`: null for those who may not ask. */
export function TemplateAddresses({
  templateId,
  addresses,
  action,
  now,
}: {
  templateId: string;
  addresses: readonly {
    address: string;
    checked: { state: AddressState; status: number | null; failure: string | null; at: Date } | null;
  }[];
  action: FormAction | null;
  now: Date;
}) {
  const t = useTranslations("templates.addresses");
  const form = useTranslations("form");
  if (addresses.length === 0) return null;
  return (
    <Panel title={t("title")}>
      <PanelPart>
        <ul className="grid gap-2 text-sm">
          {addresses.map(({ address, checked }) => (
            <li key={address} className="min-w-0">
              <p className="font-mono text-xs break-all">{address}</p>
              {checked ? (
                <>
                  <Status kind={kinds[checked.state]}>{t(`state.${checked.state}`)}</Status>{" "}
                  <span className="text-xs text-fg-3">
                    {checked.status === null ? null : `${checked.status} · `}
                    <Failure failure={checked.failure} />
                    <Time at={checked.at} now={now} />
                  </span>
                </>
              ) : (
                <Status kind="off">{t("unchecked")}</Status>
              )}
            </li>
          ))}
        </ul>
        {action ? (
          <ActionForm action={action} summary={t("title")} working={form("working")} className="mt-3">
            <input type="hidden" name="templateId" value={templateId} />
            <SubmitButton size="sm" variant="default">
              {t("check")}
            </SubmitButton>
          </ActionForm>
        ) : null}
      </PanelPart>
    </Panel>
  );
}

/** Why nothing came, where the state alone does not say it. */
function Failure({ failure }: { failure: string | null }) {
  const t = useTranslations("templates.addresses.failure");
  const known = outboundFailures.find((one) => one === failure);
  return known && known !== "not-text" && known !== "too-large" ? `${t(known)} · ` : null;
}
