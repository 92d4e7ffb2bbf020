/** Its own, or Next takes Earshot's from the folder above. */
export function register() {}
