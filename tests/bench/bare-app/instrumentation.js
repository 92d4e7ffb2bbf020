/** Without this file, Next would use Earshot's from the folder above. */
export function register() {}
