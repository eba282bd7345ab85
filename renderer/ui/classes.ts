/** Joins the class names that hold; what is false or missing drops out. */
export const classes = (...names: readonly (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ');
