// A company of the size that the lists are measured with, and somebody signed in.
import type pg from "pg";
import { hashPassword } from "@/lib/password";

const email = "bench@bench.example";
const password = "bench-bench-bench-2026";

/** 60 channels, one of them with 10,000 placements that have been pressed on each of the last 28 days in the newest fifty. */
export async function makeCompany(owner: pg.Client, placements: number): Promise<void> {
  await owner.query(
    `INSERT INTO organizations (id, slug, name, second_factor_needed) VALUES (gen_random_uuid(), 'bench', '주식회사 측정', false)`,
  );
  await owner.query(
    "INSERT INTO persons (email, name, password_hash, password_set_at) VALUES ($1, '김측정', $2, now())",
    [email, await hashPassword(password)],
  );
  await owner.query(
    `INSERT INTO memberships (organization_id, person_id, role) SELECT o.id, p.id, 'CLIENT_ADMIN' FROM organizations o, persons p`,
  );
  await owner.query(`INSERT INTO channels (organization_id, search_id, name, created_at)
    SELECT id, 'bench' || n, '측정 채널 ' || n, now() - n * interval '1 hour' FROM organizations, generate_series(1, 60) n`);
  await owner.query(`INSERT INTO channel_go_lives (channel_id, organization_id, person_id)
    SELECT c.id, c.organization_id, p.id FROM channels c, persons p WHERE c.search_id <> 'bench60'`);
  await owner.query(
    `INSERT INTO placements (organization_id, channel_id, code, name, medium, location, owner_id, created_at)
     SELECT c.organization_id, c.id, 'pl_bench_' || n, '고객센터 안내 버튼 ' || n, (ARRAY['web', 'mobile_web', 'app', 'offline'])[n % 4 + 1],
       'https://www.bench.example/help/' || n, p.id, now() - n * interval '1 minute'
     FROM channels c, persons p, generate_series(1, $1::int) n WHERE c.search_id = 'bench1'`,
    [placements],
  );
  await owner.query(`INSERT INTO press_days (organization_id, placement_id, day, presses, scans)
    SELECT organization_id, id, (now() AT TIME ZONE 'Asia/Seoul')::date - d, 40 + d, d FROM placements, generate_series(0, 28) d`);
  await owner.query("VACUUM ANALYZE placements, press_days, channels");
}

/** Signs in by next-auth's own address. @returns the value of the `Cookie` header */
export async function signIn(origin: string): Promise<string> {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const asked = keep(await fetch(`${origin}/api/auth/csrf`));
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answered = keep(
    await fetch(`${origin}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: cookie(), origin },
      body: new URLSearchParams({ csrfToken, email, password, callbackUrl: "/" }),
    }),
  );
  if (answered.status !== 302 || !jar.has("damso")) throw new Error(`Signing in answered ${answered.status}`);
  return `damso=${jar.get("damso")}`;
}
