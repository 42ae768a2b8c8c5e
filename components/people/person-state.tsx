import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { factorObligatory, membershipStatus } from "@/lib/people/rules";
import type { PersonRow } from "@/lib/people/schema";

/** Whether somebody can work here now. */
export function PersonState({ person, now, pill }: { person: PersonRow; now: Date; pill?: boolean }) {
  const t = useTranslations("people.states");
  const status = membershipStatus(person, now);
  return (
    <Status kind={status === "active" ? "ok" : "off"} pill={pill}>
      {t(status)}
    </Status>
  );
}

/** The second factor: there, missing though needed, or not asked for. */
export function FactorState({ person, secondFactorNeeded }: { person: PersonRow; secondFactorNeeded: boolean }) {
  const t = useTranslations("people");
  if (person.totpConfirmed) return <Status kind="ok">{t("factorOn")}</Status>;
  const missing = factorObligatory({ role: person.role, secondFactorNeeded });
  return <Status kind={missing ? "bad" : "off"}>{t(missing ? "factorMissing" : "factorOff")}</Status>;
}
