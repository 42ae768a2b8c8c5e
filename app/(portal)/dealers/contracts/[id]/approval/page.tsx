import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ApprovalPanel } from "@/components/dealers/approval-panel";
import { ApprovalSteps } from "@/components/dealers/approval-steps";
import { ContractHeader } from "@/components/dealers/contract-header";
import { ContractProfile } from "@/components/dealers/contract-value";
import { DifferenceTable } from "@/components/dealers/difference-table";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { getApproval } from "@/lib/dealers/queries/get-approval";
import { submitGaps } from "@/lib/dealers/rules/contract-approval";
import {
  approveContractAction,
  rejectContractAction,
  submitContractAction,
  withdrawContractAction,
} from "../../actions";
import { loadContract } from "../contract";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("dealers.contracts");
  return { title: `${t("approval.title")} · ${(await loadContract((await params).id)).contract.number}` };
}

export default async function ApprovalPage({ params }: Props) {
  const { actor, contract, now } = await loadContract((await params).id);
  const comparison = await getApproval(actor, contract.id);
  if (!comparison) notFound();
  const t = await getTranslations("dealers.contracts.approval");
  const documents = contract.documents.filter((document) => document.replacedById === null);
  const submitter = contract.steps.find((step) => step.kind === "submitted")?.personId;
  const own = contract.authorIds.includes(actor.personId) || submitter === actor.personId;
  const maySubmit = can(actor, "contract:submit");
  const mayDecide = can(actor, "contract:approve") && !own;
  return (
    <>
      <ContractHeader contract={contract} tab={null} history={can(actor, "audit:read")} here={t("title")} />
      <WithRail
        label={t("title")}
        rail={
          <ApprovalPanel
            contract={contract}
            gaps={submitGaps({ ...contract, documents })}
            acts={{
              submit: maySubmit ? submitContractAction : null,
              withdraw: maySubmit ? withdrawContractAction : null,
              approve: mayDecide ? approveContractAction : null,
              reject: mayDecide ? rejectContractAction : null,
              own,
            }}
            now={now}
          />
        }
      >
        <DifferenceTable {...comparison} />
        {comparison.approved === null ? <ContractProfile contract={contract} /> : null}
        <ApprovalSteps steps={contract.steps} now={now} />
      </WithRail>
    </>
  );
}
