import { useLocale, useTranslations } from "next-intl";
import { Button, LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";
import { fullTime } from "@/lib/clock";
import { driftKinds } from "@/lib/retention/rules/destruction";
import type { RunView } from "@/lib/retention/rules/destruction-view";

/** How a run that has begun stands: how far it is, what it did, or why it stopped. */
export function DestructionResult({ run }: { run: RunView }) {
  const t = useTranslations("retention.destructions");
  const locale = useLocale();
  const sum = (part: "items" | "destroyed" | "held") => run.channels.reduce((total, one) => total + one[part], 0);
  const [all, destroyed, held] = [sum("items"), sum("destroyed"), sum("held")];
  const at = `/retention/destructions/${run.id}`;
  const end = run.steps.findLast(({ kind }) => kind === "stopped" || kind === "finished");
  if (!end)
    return (
      <Callout
        kind="waiting"
        role="status"
        title={t("result.running", { done: destroyed + held, all })}
        actions={
          <LinkButton size="sm" href={at}>
            {t("result.refresh")}
          </LinkButton>
        }
      >
        <progress className="w-full" max={all} value={destroyed + held} aria-label={t("result.progress")} />
        <p>{t("result.runningNote")}</p>
      </Callout>
    );
  const drift = driftKinds.find((kind) => kind === end.note);
  return (
    <Callout
      kind={end.kind === "stopped" ? "bad" : "ok"}
      title={t(end.kind === "stopped" ? "result.stopped" : "result.finished", { count: destroyed })}
      actions={
        <>
          <form method="post" action={`${at}/certificate`}>
            <Button type="submit" size="sm" icon={<Icon name="download" />}>
              {t("result.certificate")}
            </Button>
          </form>
          {destroyed > 0 ? (
            <LinkButton size="sm" href="/retention/ledger">
              {t("result.ledger")}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {drift ? <p>{t(`drift.${drift}`)}</p> : null}
      <p>
        {t(end.kind === "stopped" ? "result.stoppedText" : "result.finishedText", {
          at: fullTime(end.at, locale),
          destroyed,
          held,
          left: all - destroyed - held,
        })}
      </p>
      {held > 0 ? <p>{t("result.heldNote")}</p> : null}
    </Callout>
  );
}
