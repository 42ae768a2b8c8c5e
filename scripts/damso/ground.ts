// migrate, seed, demo: what brings a database to life.
import type { Command } from "commander";
import { migrate } from "@/lib/db/migrate";
import { presentLogins } from "../demonstration";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";

export function registerGroundCommands(program: Command, context: CommandContext): void {
  program
    .command("migrate")
    .description("데이터베이스를 최신 구조로 올립니다 / bring the database to the newest migration")
    .action(async () => {
      const { DATABASE_URL } = await context.open();
      const applied = await migrate(DATABASE_URL);
      context.one(
        { applied },
        applied.length > 0 ? applied.map((name) => `✓ ${name}`) : ["이미 최신입니다. / Up to date."],
      );
    });

  program
    .command("seed")
    .description("시연 회사를 만듭니다 / make the demonstration company")
    .option("--demo", "시연 데이터 / demonstration data")
    .action(async (options: { demo?: boolean }) => {
      if (!options.demo) throw setupError("seed는 --demo와 함께 씁니다.", "seed needs --demo.");
      const { DATABASE_URL } = await context.open();
      await migrate(DATABASE_URL);
      const { closeDatabase } = await import("@/lib/db/client");
      context.atEnd(closeDatabase);
      const { seed } = await import("@/prisma/seed/seed");
      await seed();
      const logins = await presentLogins(DATABASE_URL);
      context.one({ seeded: true, logins: logins.length }, [
        `시연 회사를 만들었습니다. 로그인 ${logins.length}개 / demonstration company made`,
      ]);
    });

  program
    .command("demo")
    .description("시연 회사 / the demonstration company")
    .command("logins")
    .description("시연용 로그인을 보여 줍니다 / show the demonstration logins")
    .action(async () => {
      const { DATABASE_URL } = await context.open();
      context.list(await presentLogins(DATABASE_URL));
    });
}
