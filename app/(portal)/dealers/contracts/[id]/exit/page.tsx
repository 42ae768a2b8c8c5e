import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ExitChannelTable } from "@/components/dealers/exit-channel-table";
import { ExitChecklist } from "@/components/dealers/exit-checklist";
import { ExitPanel } from "@/components/dealers/exit-panel";
import { ExitPending } from "@/components/dealers/exit-pending";
import { ExitRegister } from "@/components/dealers/exit-register";
import { ExitTurns } from "@/components/dealers/exit-turns";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { getExit } from "@/lib/dealers/queries/get-exit";
import { loadContract } from "../contract";
import {
  agreeEndingAction,
  declineEndingAction,
  markExitAction,
  requestEndAction,
  requestReinstatementAction,
  withdrawEndingAction,
} from "./actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("dealers.exit");
  return { title: `${t("title")} · ${(await loadContract((await params).id)).contract.number}` };
}

export default async function ContractExitPage({ params }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  const exit = await getExit(actor, contract, now);
  const t = await getTranslations("dealers.exit");
  const download = can(actor, "contract:download");
  return (
    <>
      <ContractHeader contract={contract} tab="exit" history={can(actor, "audit:read")} />
      {exit.pending ? (
        <ExitPending
          contract={contract}
          pending={exit.pending}
          viewer={{
            mayAgree: can(actor, "contract:approve-end"),
            mayWithdraw: can(actor, "contract:end"),
            asked: exit.pending.ending.personId === actor.personId,
          }}
          now={now}
          actions={{ agree: agreeEndingAction, decline: declineEndingAction, withdraw: withdrawEndingAction }}
        />
      ) : null}
      <WithRail
        label={t("title")}
        rail={
          <>
            <ExitPanel
              contract={contract}
              exit={exit}
              mayAsk={can(actor, "contract:end")}
              now={now}
              actions={{ end: requestEndAction, reinstate: requestReinstatementAction }}
            />
            {download ? <ExitRegister contractId={contract.id} registerAt={exit.registerAt} now={now} /> : null}
          </>
        }
      >
        {exit.states && exit.standing ? (
          <ExitChecklist
            contract={contract}
            ending={exit.standing}
            states={exit.states}
            may={{ mark: can(actor, "exit:mark"), download, connections: can(actor, "connection:read") }}
            now={now}
            action={markExitAction}
          />
        ) : null}
        <ExitChannelTable contract={contract} channels={exit.channels} before={exit.standing === null} now={now} />
        <ExitTurns endings={contract.endings} now={now} />
      </WithRail>
    </>
  );
}
