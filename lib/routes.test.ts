// docs/routes.csv and the product know the same addresses: what Next serves from app/, and what the server answers before it.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { permissions } from "./auth/permissions";

type Route = { method: string; path: string; permission: string };

const written: Route[] = readFileSync("docs/routes.csv", "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [method = "", path = "", , permission = ""] = line.split(",");
    return { method, path, permission };
  });

/** Addresses that server.ts answers itself. */
const early = ["/b/", "/q/", "/o/", "/embed", "/healthz", "/readyz", "/hooks/"];
const isEarly = (path: string) => early.some((start) => path.startsWith(start));

const addressOf = (file: string) =>
  `/${file
    .replace(/^app\//, "")
    .replace(/(^|\/)(page\.tsx|route\.ts)$/, "")
    .replace(/\([a-z]+\)\/?/g, "")}`;

/** [method, path] of every page and route handler. */
function built(): string[] {
  const pages = listed("page.tsx").map((file) => `GET ${addressOf(file)}`);
  const handlers = listed("route.ts").flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) =>
      new RegExp(`export (async function|const|\\{[^}]*\\b) ?${method}\\b|\\bas ${method}\\b`).test(text),
    );
    return methods.map((method) => `${method} ${addressOf(file)}`);
  });
  return [...pages, ...handlers].sort();
}

function listed(name: string): string[] {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" });
  return files.filter((file) => path.basename(file) === name).map((file) => path.posix.join("app", file));
}

describe("docs/routes.csv", () => {
  it("lists every page and route handler", () => {
    const known = new Set(written.map(({ method, path }) => `${method} ${path}`));
    expect(built().filter((route) => !known.has(route))).toEqual([]);
  });
  it("lists nothing that is not there", () => {
    const there = new Set(built());
    const gone = written.filter(
      ({ method, path }) => !isEarly(path) && !there.has(`${method} ${path}`) && !there.has(`GET ${path}`),
    );
    expect(gone).toEqual([]);
  });
  it("names rights that exist", () => {
    const named = written.flatMap(({ permission }) => permission.split(" ").filter(Boolean));
    expect(named.filter((name) => !Object.hasOwn(permissions, name))).toEqual([]);
  });
});
