/** The page of this server that the person was on the way to; home when the address names none or a foreign one. */
export function nextPage(search: string): string {
  const asked = new URLSearchParams(search).get('next') ?? ''
  return /^\/[a-z]+$/.test(asked) ? asked : '/'
}
