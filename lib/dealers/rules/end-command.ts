/** What a user types to end (field-facts 1.3). */
export const endCommand = "!종료";
