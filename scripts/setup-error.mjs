// What a person can mend: one Korean sentence and the same in English, instead of a stack trace.

/** @param {string} korean @param {string} english @returns {Error & { english: string }} */
export function setupError(korean, english) {
  const error = /** @type {Error & { english: string }} */ (new Error(korean));
  error.name = "SetupError";
  error.english = english;
  return error;
}

/**
 * One sentence in Korean and, on the next line, in English. Unknown errors keep their own message.
 * @param {unknown} error @returns {string}
 */
export function explain(error) {
  const e = /** @type {{ name?: string, code?: string, message?: string, english?: string, path?: string }} */ (error);
  const text = `${e?.code ?? ""} ${e?.message ?? error}`;
  if (e?.name === "SetupError") return e.english ? `${e.message}\n${e.english}` : String(e.message);
  if (/ENOSPC|EDQUOT|No space left|could not extend file|53100/.test(text)) {
    return "디스크가 가득 찼습니다. 공간을 비운 뒤 다시 실행하십시오.\nThe disk is full. Free some space, then start again.";
  }
  if (/\b(EACCES|EPERM|EROFS)\b/.test(text)) {
    const where = e?.path ?? "";
    return `파일을 읽거나 쓸 권한이 없습니다: ${where || text.trim()}\nNo permission to read or write: ${where || text.trim()}`;
  }
  return String(e?.message ?? error);
}
