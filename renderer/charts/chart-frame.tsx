/**
 * The frame of every chart: title, figure, the picture, the table behind it, and ways to copy and save both.
 *
 * Marks of the picture are one stop of the keyboard: arrows go from mark to mark, Enter opens.
 */
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';
import { copyText, ExportIcon, IconButton, MenuButton, SheetIcon } from '../ui';
import { ChartDataTable } from './chart-data-table';
import { type ChartTable, tableAsCsv, tableAsText } from './chart-table';
import { pngBase64, svgText } from './save-picture';
import drawn from './charts.module.css';
import styles from './chart-frame.module.css';

/** A file made of a chart; `content` of a PNG is base64. */
export interface ChartDocument {
  readonly kind: 'csv' | 'svg' | 'png';
  readonly suggestedName: string;
  readonly content: string;
}

export interface ChartFrameProps {
  readonly title: string;
  /** The title is said by what stands around the chart. */
  readonly titleHidden?: boolean;
  /** The one figure that the chart is of. */
  readonly figure?: ReactNode;
  /** What is drawn, in one or two sentences, for who cannot see it; and under the title where `note` is not given. */
  readonly description: string;
  /** Quiet words under the title. */
  readonly note?: ReactNode;
  readonly table: ChartTable;
  /** Without ending: `Harbor & Pine 2026-10 ageing`. */
  readonly fileName: string;
  readonly onSave: (document: ChartDocument) => void;
  /** In pixels, for a width in pixels. */
  readonly height: (width: number) => number;
  /** What stands in the picture. */
  readonly children: (width: number) => ReactNode;
  /** Buttons before the frame's own. */
  readonly controls?: ReactNode;
  /** In place of picture and table where there is nothing to draw. */
  readonly empty?: ReactNode;
  readonly testId?: string;
}

interface Tip {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly below: boolean;
}

/** The mark that an event came from. */
const markOf = (event: SyntheticEvent): SVGElement | null => (event.target instanceof Element ? event.target.closest<SVGElement>('[data-mark]') : null);

/** The next mark for a key; undefined where the key moves nothing. */
function markFor(key: string, marks: readonly SVGElement[], at: number): SVGElement | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return marks[Math.min(marks.length - 1, at + 1)];
  if (key === 'ArrowLeft' || key === 'ArrowUp') return marks[Math.max(0, at - 1)];
  if (key === 'Home') return marks[0];
  if (key === 'End') return marks.at(-1);
  return undefined;
}

export function ChartFrame(props: ChartFrameProps) {
  const { title, titleHidden = false, figure, description, note, table, fileName, onSave, controls, empty, testId } = props;
  const id = useId();
  const root = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(0);
  const [showsTable, setShowsTable] = useState(false);
  const [tip, setTip] = useState<Tip | undefined>(undefined);

  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const point = (event: SyntheticEvent) => {
    const mark = markOf(event);
    const text = mark?.getAttribute('data-tip');
    if (!mark || !text || !svg.current) return setTip(undefined);
    const frame = svg.current.getBoundingClientRect();
    const box = mark.getBoundingClientRect();
    const below = box.top - frame.top < 28;
    return setTip({ text, x: Math.max(0, Math.min(frame.width, box.left + box.width / 2 - frame.left)), y: (below ? box.bottom : box.top) - frame.top, below });
  };
  const onFocus = (event: SyntheticEvent) => {
    const mark = markOf(event);
    if (!mark) return;
    for (const other of svg.current?.querySelectorAll('[data-mark][tabindex="0"]') ?? []) other.setAttribute('tabindex', '-1');
    mark.setAttribute('tabindex', '0');
    if (mark.matches(':focus-visible')) point(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const mark = markOf(event);
    if (!mark || !svg.current || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const marks = [...svg.current.querySelectorAll<SVGElement>('[data-mark]')];
    const next = markFor(event.key, marks, marks.indexOf(mark));
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };

  const savePicture = async (kind: 'svg' | 'png') => {
    if (!svg.current) return;
    const picture = svgText(svg.current, title);
    onSave({ kind, suggestedName: `${fileName}.${kind}`, content: kind === 'svg' ? picture.text : await pngBase64(picture) });
  };
  const isEmpty = empty !== undefined && empty !== null;
  return (
    <figure ref={root} className={styles['frame']} aria-labelledby={`${id}-title`} data-testid={testId}>
      <figcaption className={styles['head']}>
        <h3 id={`${id}-title`} className={titleHidden ? 'visually-hidden' : styles['title']}>{title}</h3>
        {figure ? <span className={styles['figure']} data-selectable>{figure}</span> : null}
        {note ? <span className={styles['note']}>{note}</span> : null}
        <span className={styles['space']} />
        {isEmpty ? null : (
          <span className={styles['tools']} data-tools>
            {showsTable ? null : controls}
            <IconButton label={showsTable ? `Show ${title} as a picture` : `Show ${title} as a table`} icon={SheetIcon} pressed={showsTable} onClick={() => setShowsTable(!showsTable)} />
            <MenuButton
              label={`Copy or save ${title}`}
              align="end"
              kind="quiet"
              items={[
                { key: 'copy', label: 'Copy the table', onChoose: () => void copyText(tableAsText(table)) },
                { key: 'csv', label: 'Save the table as CSV', startsGroup: true, onChoose: () => onSave({ kind: 'csv', suggestedName: `${fileName}.csv`, content: tableAsCsv(table) }) },
                { key: 'svg', label: 'Save the picture as SVG', disabled: showsTable, onChoose: () => void savePicture('svg') },
                { key: 'png', label: 'Save the picture as PNG', disabled: showsTable, onChoose: () => void savePicture('png') },
              ]}
            >
              <ExportIcon size={14} />
            </MenuButton>
          </span>
        )}
      </figcaption>
      {isEmpty ? <div className={styles['empty']}>{empty}</div> : null}
      {!isEmpty && showsTable ? <ChartDataTable caption={title} table={table} /> : null}
      {!isEmpty && !showsTable && width > 0 ? (
        <div className={styles['plot']}>
          <svg
            ref={svg} className={drawn['svg']} width={width} height={props.height(width)} viewBox={`0 0 ${width} ${props.height(width)}`}
            role="group" aria-labelledby={`${id}-title`} aria-describedby={`${id}-description`}
            onPointerOver={point} onPointerLeave={() => setTip(undefined)} onFocus={onFocus} onBlur={() => setTip(undefined)} onKeyDown={onKeyDown}
          >
            {props.children(width)}
          </svg>
          {tip ? (
            <div className={styles['tip']} data-below={tip.below || undefined} style={{ left: tip.x, top: tip.y, ['--lean' as string]: `${-100 * Math.max(0.02, Math.min(0.98, tip.x / width))}%` }} aria-hidden="true">{tip.text}</div>
          ) : null}
        </div>
      ) : null}
      <p id={`${id}-description`} className="visually-hidden">{description} The table behind it holds the same figures.</p>
    </figure>
  );
}
