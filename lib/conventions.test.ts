// The house rules, read from the files themselves (lib/README.md). Each rule is also shown a planted fault.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { permissions } from "./auth/permissions";

type Files = Map<string, string>;

const modules = [
  "channels",
  "dealers",
  "privacy",
  "transcripts",
  "retention",
  "placements",
  "templates",
  "people",
  "rehearsal",
];
const pureRooms = /^(schema|rules)(\/|$)/;

/** Tracked and new source files, without what is generated. */
function sourceFiles(): Files {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { encoding: "utf8" }).split("\0");
  const sources = listed.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && existsSync(file));
  return new Map(sources.map((file) => [file, readFileSync(file, "utf8")]));
}

/** What a file imports, as paths from the top of the project where they are ours, else the package's name. */
function importsOf(file: string, text: string): string[] {
  const found = [...text.matchAll(/(?:from\s*|import\s*\(?\s*|require\()\s*["']([^"']+)["']/g)].map(
    (match) => match[1] ?? "",
  );
  return found.map((name) => {
    if (name.startsWith("@/")) return name.slice(2);
    if (name.startsWith(".")) return path.posix.normalize(path.posix.join(path.posix.dirname(file), name));
    return name;
  });
}

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file) || file.startsWith("e2e/");
const moduleOf = (file: string) => modules.find((name) => file.startsWith(`lib/${name}/`));
const roomOf = (file: string, name: string) => file.slice(`lib/${name}/`.length).replace(/\.tsx?$/, "");

/** Address arithmetic of node:net opens no socket. */
const addressArithmetic = /import \{(\s*(BlockList|isIPv?[46]?),?)+\s*\} from "node:net";/;

type Rule = { name: string; check: (file: string, text: string) => string[] };

/** In the browser an upload with its progress, to an address of the portal's own that stands there in full. */
const callsOnlyItsServer = (text: string): boolean => {
  const opened = text.match(/\.open\("\w+", [^)]*\)/g) ?? [];
  const own = opened.every((call) => /^\.open\("\w+", "\/[a-z]/.test(call));
  return text.startsWith('"use client"') && opened.length > 0 && own && !/(?<![\w.])fetch\(|WebSocket/.test(text);
};

const rules: Rule[] = [
  {
    name: "app and components never reach the database",
    check: (file, text) =>
      /^(app|components)\//.test(file)
        ? importsOf(file, text).filter((name) => /^(lib\/db\/|prisma\/generated\/client)/.test(name))
        : [],
  },
  {
    name: "components know only pure rooms, can(), tools and one another",
    check: (file, text) =>
      file.startsWith("components/")
        ? importsOf(file, text).filter(
            (name) =>
              /^(app|server|prisma\/(?!generated\/enums))\//.test(name) ||
              /^lib\/[^/]+\/(queries|commands|jobs)(\/|$)/.test(name) ||
              /^lib\/auth\/(?!permissions|actor)/.test(name),
          )
        : [],
  },
  {
    name: "a module uses a neighbour's schema and rules only",
    check: (file, text) => {
      const own = moduleOf(file);
      if (!own || isTest(file)) return [];
      return importsOf(file, text).filter((name) => {
        const other = moduleOf(name);
        return (
          other !== undefined &&
          other !== own &&
          !pureRooms.test(roomOf(name, other)) &&
          !(other === "dealers" && roomOf(name, other) === "directory")
        );
      });
    },
  },
  {
    name: "pure rooms touch no database, no clock and no network",
    check: (file, text) => {
      if (!/^lib\/[^/]+\/(rules|schema)(\/|\.)/.test(file) || isTest(file)) return [];
      const imported = importsOf(file, text.replace(addressArithmetic, "")).filter((name) =>
        /^(lib\/db|lib\/auth\/(door|session)|node:(fs|net|http|https|child_process)|pg$)/.test(name),
      );
      return [...imported, ...(text.match(/\bDate\.now\(\)|\bnew Date\(\)/g) ?? [])];
    },
  },
  {
    name: "lib knows neither Next nor React, but for its named exceptions",
    check: (file, text) => {
      if (!file.startsWith("lib/") || isTest(file)) return [];
      if (/^lib\/(auth\/(session|options)|action|i18n|locale|messages)\.tsx?$/.test(file)) return [];
      return importsOf(file, text).filter((name) => /^(next|react|react-dom|next-auth|next-intl)(\/|$)/.test(name));
    },
  },
  {
    name: "only the door and the crossings open transactions",
    check: (file, text) => {
      if (isTest(file) || file.startsWith("lib/db/") || file === "lib/auth/door.ts") return [];
      return text.match(/\.\$transaction\(/g) ?? [];
    },
  },
  {
    name: "the database client stays behind the door",
    check: (file, text) => {
      if (isTest(file) || /^(lib\/db\/|lib\/auth\/door\.ts|server\.ts|scripts\/|bench\/|prisma\/)/.test(file))
        return [];
      return importsOf(file, text).includes("lib/db/client") && /import\s*\{[^}]*\bdatabase\b/.test(text)
        ? ["database()"]
        : [];
    },
  },
  {
    // But what starts it: the entry, measurements, and the one command that serves a part of it by itself.
    name: "nothing knows the server",
    check: (file, text) =>
      /^(server|bench\/|scripts\/damso\/dealer\.ts$)/.test(file) || isTest(file)
        ? []
        : importsOf(file, text).filter((name) => /^server(\/|$)/.test(name)),
  },
  {
    name: "only the outbound module calls out",
    check: (file, text) => {
      if (
        isTest(file) ||
        !/^(app|components|lib)\//.test(file) ||
        /^lib\/(outbound[/.]|mail\.ts$|store-bucket\.ts$|db\/)/.test(file)
      )
        return [];
      const doors = importsOf(file, text.replace(addressArithmetic, "")).filter((name) =>
        /^(node:)?(https?|http2|net|tls|dgram|dns)(\/|$)|^undici$|^@aws-sdk\//.test(name),
      );
      // A page may ask its own server, by an address that stands there from its first slash.
      const calls =
        text.match(/(?<![\w.])(?:(?:window|globalThis)\.)?fetch\((?!`\/[a-z])|\bnew (XMLHttpRequest|WebSocket)\(/g) ??
        [];
      return [...doors, ...(callsOnlyItsServer(text) ? [] : calls)];
    },
  },
  {
    name: "no raw SQL text, no raw HTML",
    check: (file, text) =>
      isTest(file) ? [] : (text.match(/\$(query|execute)RawUnsafe|dangerouslySetInnerHTML/g) ?? []),
  },
  {
    name: "no utils, helpers, common, misc, types or constants",
    // Folders of app are addresses, in the users' words.
    check: (file) =>
      /(^|\/)(utils?|helpers?|common|misc|types|constants)(\.tsx?|\/)/.test(
        file.startsWith("app/") ? path.posix.basename(file) : file,
      )
        ? [file]
        : [],
  },
  {
    name: "no barrels",
    check: (file, text) =>
      /(^|\/)index\.tsx?$/.test(file) && /^\s*(export\s+(\*|\{[^}]*\})\s+from\s+["'][^"']+["'];?\s*)+$/.test(text)
        ? [file]
        : [],
  },
  {
    name: "file names are kebab-case",
    check: (file) =>
      /^(app|components|lib|server|scripts|bench|e2e|prisma)\//.test(file) && /[A-Z]/.test(path.basename(file))
        ? [file]
        : [],
  },
  {
    name: "no check is switched off",
    check: (file, text) =>
      file === "lib/conventions.test.ts"
        ? []
        : (text.match(
            /@ts-(ignore|expect-error|nocheck)|biome-ignore|\b(test|it|describe)\.(only|skip|todo|fixme)\b/g,
          ) ?? []),
  },
];

function faults(files: Files): string[] {
  return rules.flatMap((rule) =>
    [...files].flatMap(([file, text]) => rule.check(file, text).map((what) => `${rule.name}: ${file} → ${what}`)),
  );
}

describe("the house", () => {
  it("stands as its rules say", () => {
    expect(faults(sourceFiles())).toEqual([]);
  });

  const planted: [string, string, string][] = [
    [
      "app and components never reach the database",
      "app/(portal)/page.tsx",
      'import { database } from "@/lib/db/client";',
    ],
    [
      "components know only pure rooms, can(), tools and one another",
      "components/channels/channel-table.tsx",
      'import { listChannels } from "@/lib/channels/queries";',
    ],
    [
      "a module uses a neighbour's schema and rules only",
      "lib/placements/queries.ts",
      'import { getChannel } from "@/lib/channels/queries";',
    ],
    [
      "pure rooms touch no database, no clock and no network",
      "lib/channels/rules.ts",
      "export const now = () => Date.now();",
    ],
    [
      "lib knows neither Next nor React, but for its named exceptions",
      "lib/channels/commands.ts",
      'import { redirect } from "next/navigation";',
    ],
    [
      "only the door and the crossings open transactions",
      "lib/channels/commands.ts",
      "await client.$transaction(async () => {});",
    ],
    [
      "the database client stays behind the door",
      "lib/channels/commands.ts",
      'import { database } from "@/lib/db/client";',
    ],
    ["nothing knows the server", "lib/placements/rules.ts", 'import { press } from "@/server/presses";'],
    ["only the outbound module calls out", "lib/channels/jobs.ts", "const page = await fetch(address);"],
    [
      "only the outbound module calls out",
      "components/templates/use-autosave.ts",
      '"use client";\nawait window.fetch(address);',
    ],
    [
      "only the outbound module calls out",
      "components/channels/page-check.tsx",
      '"use client";\nconst sent = new XMLHttpRequest();\nsent.open("POST", address);',
    ],
    ["no raw SQL text, no raw HTML", "lib/channels/queries.ts", "tx.$queryRawUnsafe(text)"],
    ["no utils, helpers, common, misc, types or constants", "lib/channels/utils.ts", ""],
    ["no barrels", "components/ui/index.ts", 'export { Button } from "./button";'],
    ["file names are kebab-case", "components/ui/Button.tsx", ""],
    ["no check is switched off", "lib/channels/rules.ts", ["// @ts", "ignore"].join("-")],
  ];
  it.each(planted)("sees a fault against: %s", (name, file, text) => {
    expect(faults(new Map([[file, text]])).some((fault) => fault.startsWith(name))).toBe(true);
  });
  it("has a planted fault for every rule", () => {
    expect([...new Set(planted.map(([name]) => name))].sort()).toEqual(rules.map((rule) => rule.name).sort());
  });
});

describe("rights", () => {
  it("asks every permission somewhere, and docs/authz.csv says who has it", () => {
    const sources = [...sourceFiles()]
      .filter(([file]) => file !== "lib/auth/permissions.ts" && !isTest(file))
      .map(([, text]) => text);
    const unused = Object.keys(permissions).filter((name) => !sources.some((text) => text.includes(`"${name}"`)));
    expect(unused).toEqual([]);
    const written = readFileSync("docs/authz.csv", "utf8").trim().split("\n").slice(1);
    const principals = [
      "CLIENT_ADMIN",
      "COMPLIANCE_OFFICER",
      "MARKETER",
      "AUDITOR",
      "DEALER",
      "JOB",
      "VISITOR",
    ] as const;
    const expected = Object.entries(permissions).flatMap(([name, granted]) =>
      principals.map((who) => `${who},${name},${(granted as readonly string[]).includes(who) ? "allow" : "deny"}`),
    );
    expect(written).toEqual(expected);
  });
});

describe("versions", () => {
  // Security floors (advisories: docs/decisions/versions.md); checked here since a closed site has no `npm audit`.
  const floors: Record<string, string> = {
    next: "16.4.5",
    "next-auth": "4.24.15",
    react: "19.2.6",
    "react-dom": "19.2.6",
    prisma: "7.10.0",
    "@prisma/client": "7.10.0",
    sharp: "0.35.5",
  };
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { version?: string }>;
  };
  const versionsOf = (name: string) =>
    Object.entries(lock.packages).flatMap(([place, entry]) =>
      place.endsWith(`node_modules/${name}`) && entry.version ? [entry.version] : [],
    );
  const numbers = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);
  const atLeast = (version: string, floor: string) => {
    const [a, b] = [numbers(version), numbers(floor)];
    const at = a.findIndex((number, index) => number !== b[index]);
    return at === -1 || (a[at] ?? 0) > (b[at] ?? 0);
  };

  it.each(Object.entries(floors))("%s is at least %s", (name, floor) => {
    expect(versionsOf(name).filter((version) => !atLeast(version, floor))).toEqual([]);
  });
  it("there is one next, one react, one client beside its prisma", () => {
    for (const name of ["next", "react", "react-dom"]) expect(versionsOf(name)).toHaveLength(1);
    expect(versionsOf("@prisma/client")).toEqual(versionsOf("prisma"));
  });
});
