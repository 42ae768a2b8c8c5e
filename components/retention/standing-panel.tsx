import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status, type StatusKind } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import type { StandingState } from "@/lib/retention/rules/policy-approval";
import type { PolicyView, StandingView } from "@/lib/retention/rules/policy-view";

export type StandingActs = {
  request: FormAction | null;
  withdraw: FormAction | null;
  approve: FormAction | null;
  decline: FormAction | null;
  end: FormAction | null;
};

const kinds: Readonly<Record<StandingState, StatusKind>> = {
  waiting: "waiting",
  standing: "ok",
  declined: "bad",
  withdrawn: "off",
  ended: "off",
};

/** The standing approval of the version in force: asked by one side, agreed to by the other, ended by either. */
export function StandingPanel({
  policy,
  acts,
  personId,
  now,
}: {
  policy: Pick<PolicyView, "id" | "inForce" | "standing">;
  acts: StandingActs;
  /** Of the viewer: who asked does not agree. */
  personId: string;
  now: Date;
}) {
  const t = useTranslations("retention.standing");
  const form = useTranslations("form");
  const current = policy.standing.find(
    (one) => one.number === policy.inForce?.number && (one.state === "waiting" || one.state === "standing"),
  );
  const former = policy.standing.filter((one) => one !== current);
  return (
    <Panel
      title={t("title")}
      aside={current ? <Status kind={kinds[current.state]}>{t(`states.${current.state}`)}</Status> : null}
    >
      <PanelPart>
        <p className="text-sm text-fg-2">{t("about")}</p>
        {current ? <StandingLine standing={current} now={now} /> : <p className="mt-2 text-sm">{t("none")}</p>}
      </PanelPart>
      {current ? (
        <StandingActsOf standing={current} acts={acts} own={current.requestedBy === personId} />
      ) : policy.inForce && acts.request ? (
        <PanelPart>
          <ActionForm action={acts.request} summary={t("request")} working={form("working")}>
            <input type="hidden" name="policyId" value={policy.id} />
            <input type="hidden" name="hash" value={policy.inForce.hash} />
            <SubmitButton variant="default">{t("request")}</SubmitButton>
          </ActionForm>
        </PanelPart>
      ) : null}
      {former.length > 0 ? (
        <PanelPart>
          <p className="hint">{t("formerly", { count: former.length })}</p>
          <ul>
            {former.slice(0, 5).map((one) => (
              <li key={one.id} className="text-xs text-fg-2">
                v{one.number} · {t(`states.${one.state}`)} ·{" "}
                <Time at={one.endedAt ?? one.closedAt ?? one.at} now={now} />
              </li>
            ))}
          </ul>
        </PanelPart>
      ) : null}
    </Panel>
  );
}

function StandingLine({ standing, now }: { standing: StandingView; now: Date }) {
  const t = useTranslations("retention.standing");
  return (
    <ul className="mt-2 text-sm">
      <li>
        v{standing.number} · {t("asked", { who: standing.by })} · <Time at={standing.at} now={now} />
      </li>
      {standing.closedAt ? (
        <li>
          {t("closed", { who: standing.closedBy ?? "" })} · <Time at={standing.closedAt} now={now} />
        </li>
      ) : null}
    </ul>
  );
}

function StandingActsOf({ standing, acts, own }: { standing: StandingView; acts: StandingActs; own: boolean }) {
  const t = useTranslations("retention.standing");
  const form = useTranslations("form");
  const hidden = { standingId: standing.id, hash: standing.hash };
  const fields = (
    <>
      <input type="hidden" name="standingId" value={standing.id} />
      <input type="hidden" name="hash" value={standing.hash} />
    </>
  );
  if (standing.state === "standing") {
    return acts.end ? (
      <PanelPart>
        <ConfirmForm
          action={acts.end}
          opener={t("end")}
          title={t("endTitle")}
          body={t("endBody")}
          submit={t("end")}
          hidden={hidden}
        />
      </PanelPart>
    ) : null;
  }
  return (
    <PanelPart>
      <p className="mb-2 text-sm text-fg-2">{t(own && acts.approve ? "own" : "waitingOther")}</p>
      <div className="flex flex-wrap gap-2">
        {acts.approve && !own ? (
          <ConfirmForm
            action={acts.approve}
            opener={t("approve")}
            title={t("approveTitle", { number: standing.number })}
            body={t("about")}
            submit={t("approve")}
            hidden={hidden}
          />
        ) : null}
        {acts.decline && !own ? (
          <ActionForm action={acts.decline} summary={t("decline")} working={form("working")}>
            {fields}
            <SubmitButton variant="default">{t("decline")}</SubmitButton>
          </ActionForm>
        ) : null}
        {acts.withdraw ? (
          <ActionForm action={acts.withdraw} summary={t("withdraw")} working={form("working")}>
            {fields}
            <SubmitButton variant="default">{t("withdraw")}</SubmitButton>
          </ActionForm>
        ) : null}
      </div>
    </PanelPart>
  );
}
