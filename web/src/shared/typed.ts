/**
 * What stands in a text field now. The counter's later parts use this and not v-model, whose code would lie in the first
 * load with the rest of Vue.
 */
export const typedIn = (event: Event): string => (event.target as HTMLInputElement).value
