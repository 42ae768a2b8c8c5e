// Signing in for tests: by next-auth's own address where the page is not the subject, by the page where it is.
import { type APIRequestContext, expect, type Page } from "@playwright/test";

/** The password of every demonstration login. */
export const demoPassword = process.env.DAMSO_DEMO_PASSWORD || "hangyeol-demo-2026";

/** The people of the demonstration, by what they may do. */
export const people = {
  admin: "seoyeon.kim@hangyeol.example",
  officer: "dohyun.park@hangyeol.example",
  marketer: "haneul.lee@hangyeol.example",
  auditor: "minjae.jung@hangyeol.example",
  neighbour: "admin@dure.example",
} as const;

/** Puts a session's cookie into the page's context, without showing the sign-in page. */
export async function signInByCookie(page: Page, email: string, password: string = demoPassword): Promise<void> {
  await openSession(page.context().request, email, password);
}

/** The same for requests alone. */
export async function openSession(
  request: APIRequestContext,
  email: string,
  password: string = demoPassword,
): Promise<void> {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password, callbackUrl: "/" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(302);
  const { user } = (await (await request.get("/api/auth/session")).json()) as { user?: { email: string } };
  expect(user?.email).toBe(email);
}

/** Fills and sends the sign-in page. Where it leads is the caller's to look at. */
export async function signInByPage(page: Page, email: string, password: string = demoPassword): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("회사 메일").fill(email);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
}
