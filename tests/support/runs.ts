/**
 * How many generated cases a property is tried with: few in every run of the tests, which have to answer soon, and many where
 * `TIEOUT_THOROUGH` is set.
 */
export const runs = (usual: number, thorough: number): number => (process.env['TIEOUT_THOROUGH'] ? thorough : usual);
