import { describe, expect, test } from "vitest";
import { isLoopback, parseEnv, SettingError } from "@/lib/env";

const good = {
  DATABASE_URL: "postgresql://damso:pw@127.0.0.1:5432/damso",
  DAMSO_SECRET: "0123456789abcdef0123456789abcdef",
  DAMSO_KEYRING: "/keys",
  DAMSO_FILES: "file:/files",
};

describe("settings", () => {
  test("derive the application's connection and the public address", () => {
    const settings = parseEnv({ ...good, PORT: "3100", SMTP_URL: "" });
    expect(settings.DAMSO_URL).toBe("http://127.0.0.1:3100");
    expect(settings.DATABASE_APP_URL).toMatch(
      /^postgresql:\/\/damso_app_[0-9a-f]{8}:[\w-]{43}@127\.0\.0\.1:5432\/damso$/,
    );
    expect(settings.SMTP_URL).toBeUndefined();
    expect(settings.TRUSTED_PROXIES).toEqual([]);
  });

  test.each([
    ["DATABASE_URL", "mysql://x"],
    ["DAMSO_SECRET", "short"],
    ["DAMSO_URL", "https://a.kr/path"],
    ["DAMSO_FILES", "/plain"],
    ["SMTP_URL", "http://mail"],
    ["TRUSTED_PROXIES", "10.0.0.0/99"],
    ["PORT", "70000"],
    ["PORT", "drei"],
  ])("a wrong %s is named in one sentence", (name, value) => {
    expect(() => parseEnv({ ...good, [name]: value })).toThrow(SettingError);
    expect(() => parseEnv({ ...good, [name]: value })).toThrow(name);
  });

  test("a missing setting is named", () => {
    expect(() => parseEnv({ ...good, DAMSO_KEYRING: "" })).toThrow("설정 DAMSO_KEYRING 값이 없습니다.");
  });

  test("only this machine counts as loopback", () => {
    expect(["localhost", "127.0.0.1", "127.9.9.9", "::1"].every(isLoopback)).toBe(true);
    expect(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.kr"].some(isLoopback)).toBe(false);
  });
});
