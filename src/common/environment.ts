/**
 * NAME of a property that is `${NAME}`: Node-RED puts the variable in as a node starts, but only where the
 * place-holder is all there is. Undefined for any other text.
 */
export const variableOf = (text: string): string | undefined => /^\$\{(\S+)\}$/.exec(text)?.[1];
