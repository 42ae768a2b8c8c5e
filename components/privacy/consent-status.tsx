import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import type { ConsentStanding, ConsentState } from "@/lib/privacy/rules/consent";

const kinds = { draft: "off", submitted: "waiting", rejected: "warn", approved: "ok" } as const;

/** Where the newest version of a form stands. */
export function ConsentStatus({ state, pill = false }: { state: ConsentState; pill?: boolean }) {
  const t = useTranslations("privacy.consents.states");
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(state)}
    </Status>
  );
}

const standings = { given: "ok", refused: "off", withdrawn: "off", again: "warn" } as const;

/** How a user's newest answer stands. */
export function StandingStatus({ standing, pill = false }: { standing: ConsentStanding; pill?: boolean }) {
  const t = useTranslations("privacy.consents.standings");
  return (
    <Status kind={standings[standing]} pill={pill}>
      {t(standing)}
    </Status>
  );
}
