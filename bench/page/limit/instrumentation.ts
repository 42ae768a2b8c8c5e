/** Empty, so that Turbopack does not take the product's from the folders above. */
export function register() {}
