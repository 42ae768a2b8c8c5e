// What keeps a page from being taken at its word: walls, login pages, pages that a script writes. Pure.
import type { PresenceReason } from "../schema/presence";

/** What was counted while a page was read; `letters` without spaces, of what people see. */
export type PageTally = {
  tags: number;
  letters: number;
  scripts: number;
  frames: number;
  passwords: number;
  /** Sends the browser on by itself. */
  refresh: boolean;
  /** Loads the script of a bot wall. */
  wall: boolean;
};

/** Letters that a page for people has at the very least: below that, a script would have to write it. */
const fewestLetters = 200;
/** A wall and a login page say little else. */
const wallLetters = 1_500;
const wallWords =
  /just a moment|captcha|cloudflare|attention required|access denied|request unsuccessful|are you (a )?(human|robot)|checking your browser|자동 ?(입력|접속|가입) ?방지|비정상적인 ?(접근|접속|트래픽)|보안 ?문자|접근이 ?(차단|제한)|로봇이 아닙니다/i;
const wallScripts = /\/cdn-cgi\/challenge-platform|_incapsula_resource|captcha-delivery\.com|awswaf\.com|perimeterx/i;

/** Whether a script is that of a bot wall. */
export const isWallScript = (address: string) => wallScripts.test(address);

/** Why "not there" cannot be said; login-box: only where the page came from elsewhere. Null: the page can be taken at its word. */
export type PageDoubt = PresenceReason | "login-box";

export function doubtOf(tally: PageTally, words: string): PageDoubt | null {
  const { tags, letters, scripts, frames, passwords, refresh, wall } = tally;
  if (tags === 0) return letters === 0 ? "empty" : "not-html";
  if (letters < wallLetters && (wall || wallWords.test(words))) return "wall";
  if (passwords > 0 && letters < wallLetters) return "login";
  if (refresh && letters < fewestLetters) return "moves-on";
  if (frames > 0 && letters < fewestLetters) return "framed";
  if (scripts > 0 && letters < fewestLetters) return "script-only";
  if (letters === 0) return "empty";
  return passwords > 0 ? "login-box" : null;
}
