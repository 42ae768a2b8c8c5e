/** Legal forms as Korean companies write them, before or behind the name; NFKC has turned ㈜ into (주) already. */
const legalForm = /\((주|유|재|사)\)|주식회사|유한(책임)?회사|[,.\s]+(inc|corp|corporation|co|ltd|llc)\b\.?/g;
/\((주|유|재|사)\)|주식회사|유한(책임)?회사|(?<=[a-z])[,.]?\s*(inc|corp|corporation|co|ltd|llc)\b\.?/g;

/** A company's name without its legal form, spaces and points: what two spellings of it have in common. */
export function companyCore(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(legalForm, "")
    .replace(/[\s.,·'"-]/g, "");
}

/** Whether two names mean the same company: (주)한결생활, 주식회사 한결생활 and 한결생활㈜ do. */
export function sameCompany(one: string, other: string): boolean {
  const core = companyCore(one);
  return core !== "" && core === companyCore(other);
}
