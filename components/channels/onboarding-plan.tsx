import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Td, Tr } from "@/components/ui/table";
import { Who } from "@/components/ui/text";
import type { ItemState } from "@/lib/channels/rules/onboarding";
import { itemByKey, type OnboardingItem } from "@/lib/channels/rules/onboarding-items";
import type { OnboardingKey } from "@/lib/channels/schema";
import { deadline, shortDay } from "@/lib/clock";
import type { OnboardingSheet } from "./onboarding-sheet";

type Props = { item: OnboardingKey; state: ItemState; sheet: OnboardingSheet };

/** Owner and due day: two columns, which the phone shows as a line of the first one. */
export function PlanCells(props: Props) {
  return (
    <>
      <Td phone="hide" nowrap>
        <Owner {...props} />
      </Td>
      <Td phone="hide" nowrap>
        <Due {...props} />
      </Td>
    </>
  );
}

/** The same for the phone. */
export function PlanLine(props: Props) {
  return (
    <span className="mt-1 flex flex-wrap items-center gap-3">
      <Owner {...props} />
      <Due {...props} />
    </span>
  );
}

function Owner({ item, state, sheet }: Props) {
  const t = useTranslations("channels");
  const plan = sheet.plans.find((one) => one.item === item);
  const owner = plan?.ownerId ? (
    <Who name={plan.owner || t("onboarding.leftOwner")} />
  ) : (
    <span className="text-fg-3">
      {t(itemByKey[item]?.machine && state.by !== "mark" ? "onboarding.auto" : "onboarding.noOwner")}
    </span>
  );
  if (!sheet.may.plan) return owner;
  return (
    <Link href={`/channels/${sheet.channelId}?plan=${item}#item-${item}`}>
      {owner}
      <span className="sr-only">
        {" "}
        {t(`onboarding.items.${item}`)}: {t("onboarding.plan")}
      </span>
    </Link>
  );
}

/** Warn within a week, bad once past, plain when the item holds. */
function Due({ item, state, sheet }: Props) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const plan = sheet.plans.find((one) => one.item === item);
  if (!plan?.dueOn) return <span className="text-fg-3">{t("onboarding.noDue")}</span>;
  const due = deadline(plan.dueOn, locale, sheet.now);
  const alarming = !state.holds && due.kind !== "off";
  return (
    <time dateTime={plan.dueOn} className={alarming ? `k-${due.kind} font-semibold` : undefined}>
      {shortDay(plan.dueOn, locale, sheet.now)}
      {alarming ? ` ${due.text}` : null}
    </time>
  );
}

/** What has to be done first: what is left of it, or that it is done. */
export function BeforeCell({ item, state }: { item: OnboardingItem; state: ItemState }) {
  const t = useTranslations("channels");
  const left = state.holds ? [] : item.waitsFor;
  return (
    <Td phone="hide">
      {left.length === 0 ? (
        <span className="text-fg-3">{t("onboarding.noneBefore")}</span>
      ) : (
        left.map((key) => (
          <span key={key} className="block text-sm">
            {t(`onboarding.items.${key}`)}
            {state.waitsFor.includes(key) ? null : ` (${t("onboarding.done")})`}
          </span>
        ))
      )}
    </Td>
  );
}

/** Below an item: its owner and day, to be written. One at a time, so that names are sent once. */
export function PlanRow({ item, sheet, columns }: { item: OnboardingKey; sheet: OnboardingSheet; columns: number }) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const plan = sheet.plans.find((one) => one.item === item);
  return (
    <Tr current>
      <Td colSpan={columns}>
        <ActionForm
          action={sheet.planAction}
          summary={t("onboarding.plan")}
          working={form("working")}
          fields={{ ownerId: t("fields.owner"), dueOn: t("fields.dueOn") }}
          className="flex flex-wrap items-end gap-x-4"
        >
          <input type="hidden" name="channelId" value={sheet.channelId} />
          <input type="hidden" name="item" value={item} />
          <input type="hidden" name="version" value={plan?.version ?? 0} />
          <SelectField
            name="ownerId"
            label={t("fields.owner")}
            optional={form("optional")}
            empty={t("onboarding.noOwner")}
            options={sheet.colleagues.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={plan?.ownerId ?? undefined}
          />
          <TextField
            name="dueOn"
            type="date"
            label={t("fields.dueOn")}
            optional={form("optional")}
            defaultValue={plan?.dueOn ?? undefined}
          />
          <div className="mb-4 flex gap-2">
            <SubmitButton>{t("onboarding.planAct")}</SubmitButton>
            <LinkButton href={`/channels/${sheet.channelId}#item-${item}`}>{form("cancel")}</LinkButton>
          </div>
        </ActionForm>
      </Td>
    </Tr>
  );
}
