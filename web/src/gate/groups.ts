/** A code in groups of four, for eyes. */
export const inGroupsOf4 = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')
