/** What the tones of a picture stand for, in the picture itself, so that it is still told where the picture goes alone. */
import { type LegendEntry, legendPlaces, SWATCH } from './geometry/legend';
import { Area, type Hatches } from './tones';

export function Legend({ entries, width, hatches }: { readonly entries: readonly LegendEntry[]; readonly width: number; readonly hatches: Hatches }) {
  const places = legendPlaces(entries, width);
  return (
    <g aria-hidden="true">
      {entries.map(({ tone, label }, index) => {
        const { x, y } = places[index]!;
        return (
          <g key={label}>
            <Area tone={tone} hatches={hatches} x={x} y={y + 3} width={SWATCH} height={SWATCH} />
            <text x={x + SWATCH + 5} y={y + 12}>{label}</text>
          </g>
        );
      })}
    </g>
  );
}
