import type { Role } from "@/prisma/generated/enums";

/** A login of the demonstration company; `role` and `organization` are words for the person who reads them. */
export type DemonstrationLogin = { email: string; password: string; role: string; organization: string };

export type DemonstrationPerson = { name: string; email: string; role: Role };

/** The demonstration company and the second one that shows the separation. */
export const demonstrationOrganizations = {
  hangyeol: {
    name: "주식회사 한결생활",
    people: [
      { name: "김서연", email: "seoyeon.kim@hangyeol.example", role: "CLIENT_ADMIN" },
      { name: "박도현", email: "dohyun.park@hangyeol.example", role: "COMPLIANCE_OFFICER" },
      { name: "이하늘", email: "haneul.lee@hangyeol.example", role: "MARKETER" },
      { name: "정민재", email: "minjae.jung@hangyeol.example", role: "AUDITOR" },
      { name: "최은영", email: "eunyoung.choi@hangyeol.example", role: "CLIENT_ADMIN" },
      { name: "오지훈", email: "jihun.oh@hangyeol.example", role: "MARKETER" },
      { name: "한유진", email: "yujin.han@hangyeol.example", role: "COMPLIANCE_OFFICER" },
    ],
  },
  dure: {
    name: "주식회사 두레상사",
    people: [
      { name: "문지호", email: "admin@dure.example", role: "CLIENT_ADMIN" },
      { name: "배수아", email: "compliance@dure.example", role: "COMPLIANCE_OFFICER" },
      { name: "남기준", email: "marketing@dure.example", role: "MARKETER" },
      { name: "최은영", email: "eunyoung.choi@hangyeol.example", role: "AUDITOR" },
    ],
  },
} as const satisfies Record<string, { name: string; people: readonly DemonstrationPerson[] }>;

/** Fixed for every demonstration login; DAMSO_DEMO_PASSWORD says another one. */
export function demonstrationPassword(): string {
  return process.env.DAMSO_DEMO_PASSWORD || "hangyeol-demo-2026";
}

const roleWords: Record<Role, string> = {
  CLIENT_ADMIN: "고객사 관리자",
  COMPLIANCE_OFFICER: "컴플라이언스 담당자",
  MARKETER: "마케터",
  AUDITOR: "감사인",
};

/** Every login that the demonstration seed makes, in the order to show them; a person of both companies once. */
export const demonstrationLogins: readonly DemonstrationLogin[] = Object.values(demonstrationOrganizations)
  .flatMap(({ name, people }) => people.map((person) => ({ ...person, organization: name })))
  .filter((login, at, all) => all.findIndex((other) => other.email === login.email) === at)
  .map(({ email, role, organization }) => ({
    email,
    password: demonstrationPassword(),
    role: roleWords[role],
    organization,
  }));
