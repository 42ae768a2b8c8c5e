// The logins of the demonstration company, as far as this database has them.
import { connectAsOwner } from "@/lib/db/owner";
import { demonstrationLogins } from "@/prisma/seed/logins";

/** Logins of the demonstration organizations that exist in this database, in the order of the seed. */
export async function presentLogins(ownerUrl: string): Promise<(typeof demonstrationLogins)[number][]> {
  const client = await connectAsOwner(ownerUrl);
  try {
    const { rows } = await client.query<{ email: string }>(
      `SELECT DISTINCT p.email FROM persons p JOIN memberships m ON m.person_id = p.id JOIN organizations o ON o.id = m.organization_id
       WHERE o.demonstration AND p.email = ANY($1)`,
      [demonstrationLogins.map((login) => login.email)],
    );
    const present = new Set(rows.map((row) => row.email));
    return demonstrationLogins.filter((login) => present.has(login.email));
  } finally {
    await client.end();
  }
}
