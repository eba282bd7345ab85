/** Named after the tokens `--*-fill`; `figure` and `strong` are neutral. */
export const CHART_TONES = ['figure', 'strong', 'timing', 'alignment', 'physical', 'unexplained', 'cleared'] as const;
export type ChartTone = (typeof CHART_TONES)[number];
